# Sourced by the scripts that check. Every module is compiled once, not in each of the hundreds of processes that tests
# start: without this a process takes three times the processor time to begin. The tree stays as it is in Git.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/build/bytecode"
