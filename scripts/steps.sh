# Sourced by the scripts that check. `step NAME` begins a step and ends the one before. Whoever began first prints at
# its end, also when a step failed, how long each took: a line a step, those of scripts it called among them.
if [ -z "${STEPS:-}" ]; then
    STEPS="$(mktemp -t mycelia-steps-XXXXXX)"
    export STEPS
    trap print_steps EXIT
else
    trap end_step EXIT
fi
running_step=""

step() {
    end_step
    running_step="$1"
    step_began=$SECONDS
    printf '\n== %s\n' "$running_step"
}

end_step() {
    if [ -n "$running_step" ]; then
        printf '%6d s  %s\n' "$((SECONDS - step_began))" "$running_step" >>"$STEPS"
        running_step=""
    fi
}

print_steps() {
    end_step
    printf '\n== Time of each step\n'
    cat "$STEPS"
    printf '%6d s  in all\n' "$SECONDS"
    rm -f "$STEPS"
}
