"""The building blocks of a lesson, worded for authors; none needs HTML."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PROSE = ["bold", "italic", "ol", "ul", "link", "document-link"]


class ImageWithText(blocks.StructBlock):
    """A picture that can also be heard: it has alternative text, or is declared decorative."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=250,
        help_text=_("What somebody who cannot see the picture needs to know from it."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("Tick when the picture adds nothing to the text.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["decorative"] and not cleaned["alt"].strip():
            message = _("Say what the picture shows, or tick “Decorative”.")
            raise StructBlockValidationError(block_errors={"alt": ValidationError(message)})
        return cleaned


class VideoWithText(blocks.StructBlock):
    """A video with captions and a transcript, so that it can be read as well."""

    file = DocumentChooserBlock(label=_("Video file"), help_text=_("MP4 or WebM, uploaded as a document."))
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt). Needed when anybody speaks.")
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), features=["bold", "italic"], help_text=_("What is said and shown, as text.")
    )

    class Meta:
        icon = "media"
        label = _("Video")


class OptionBlock(blocks.StructBlock):
    """One answer a learner may choose, with what to tell them when they do."""

    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    correct = blocks.BooleanBlock(label=_("This is a right answer"), required=False)
    feedback = blocks.CharBlock(
        label=_("Feedback"), max_length=500, help_text=_("Shown after choosing: why it is right, or what to rethink.")
    )

    class Meta:
        icon = "tick"
        label = _("Answer")


class QuestionBlock(blocks.StructBlock):
    """A knowledge check with one choice; it informs the learner and is not marked."""

    prompt = blocks.CharBlock(label=_("Question"), max_length=400)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), default=[{}, {}], max_num=8)

    class Meta:
        icon = "help"
        label = _("Knowledge check")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if len(cleaned["options"]) < 2:
            raise StructBlockValidationError(non_block_errors=[_("Offer at least two answers.")])
        if not any(option["correct"] for option in cleaned["options"]):
            raise StructBlockValidationError(non_block_errors=[_("Mark at least one answer as right.")])
        return cleaned


class ExampleBlock(blocks.StructBlock):
    """A worked or told example, set apart from the text."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    html = blocks.RichTextBlock(label=_("Example"), features=PROSE)

    class Meta:
        icon = "view"
        label = _("Example")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them."""

    text = blocks.TextBlock(label=_("Words"), max_length=600)
    source = blocks.CharBlock(label=_("Who said it, and where"), max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class ChecklistBlock(blocks.StructBlock):
    """Steps a learner can tick off while working; ticks stay with them and are not recorded."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    items = blocks.ListBlock(blocks.CharBlock(label=_("Step"), max_length=250), label=_("Steps"))

    class Meta:
        icon = "list-ul"
        label = _("Checklist")


class DocumentBlock(blocks.StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(label=_("File"))
    description = blocks.CharBlock(label=_("What it is for"), max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("File")


class HeadingBlock(blocks.StructBlock):
    """A heading inside a lesson."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        icon = "title"
        label = _("Heading")


class ParagraphBlock(blocks.StructBlock):
    """Running text: emphasis, lists and links."""

    html = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class KeyPointBlock(blocks.StructBlock):
    """The one thing to remember."""

    text = blocks.TextBlock(label=_("Key point"), max_length=400)

    class Meta:
        icon = "pick"
        label = _("Key point")


class ReflectionBlock(blocks.StructBlock):
    """A question the learner answers for themselves."""

    question = blocks.TextBlock(label=_("Question to think about"), max_length=400)

    class Meta:
        icon = "user"
        label = _("Reflection")


class LessonBody(blocks.StreamBlock):
    """Everything a lesson can be made of."""

    heading = HeadingBlock(group=_("Text"))
    paragraph = ParagraphBlock(group=_("Text"))
    key_point = KeyPointBlock(group=_("Text"))
    example = ExampleBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    checklist = ChecklistBlock(group=_("Practice"))
    reflection = ReflectionBlock(group=_("Practice"))
    question = QuestionBlock(group=_("Practice"))
    image = ImageWithText(group=_("Media"))
    video = VideoWithText(group=_("Media"))
    document = DocumentBlock(group=_("Media"))
