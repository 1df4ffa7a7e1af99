"""Tables of authored content: the catalogue, its courses and their lessons."""

from mycelia.content.models.catalogue import CatalogueRoot, Topic
from mycelia.content.models.course import CoursePage
from mycelia.content.models.lesson import Lesson
from mycelia.content.models.review import CourseReviewTask

__all__ = ["CatalogueRoot", "CoursePage", "CourseReviewTask", "Lesson", "Topic"]
