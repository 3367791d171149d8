"""What is stored: one model per file, with constraints in the database for what must never be."""

from performance.models.audit_result import AuditResult
from performance.models.calculated_part import CalculatedPart
from performance.models.case_extract import CaseExtract, ExtractState
from performance.models.change_result import ChangeResult
from performance.models.divergence_result import DivergenceResult
from performance.models.domain import Domain
from performance.models.early_sight import EarlySight
from performance.models.event import AppendOnlyError, Event
from performance.models.finding import Finding, Severity
from performance.models.framework import Framework
from performance.models.framework_measure import FrameworkMeasure
from performance.models.indicator_result import IndicatorResult
from performance.models.job import Job, JobKind, JobState
from performance.models.measure import Measure
from performance.models.national_result import NationalResult
from performance.models.observation import Observation
from performance.models.prediction_result import PredictionResult
from performance.models.published_table import PublishedTable
from performance.models.rating_measure_result import RatingMeasureResult
from performance.models.rating_result import RatingResult
from performance.models.release import Release, ReleaseState
from performance.models.reminder import Reminder, ReminderKind
from performance.models.reweighting_result import ReweightingResult
from performance.models.sentence import Sentence
from performance.models.series import Series, SeriesStanding
from performance.models.target import Target
from performance.models.trust_return import HANDED_ON, ReturnState, TrustReturn
from performance.models.upload import Upload, UploadState

__all__ = [
    "HANDED_ON",
    "AppendOnlyError",
    "AuditResult",
    "CalculatedPart",
    "CaseExtract",
    "ChangeResult",
    "DivergenceResult",
    "Domain",
    "EarlySight",
    "Event",
    "ExtractState",
    "Finding",
    "Framework",
    "FrameworkMeasure",
    "IndicatorResult",
    "Job",
    "JobKind",
    "JobState",
    "Measure",
    "NationalResult",
    "Observation",
    "PredictionResult",
    "PublishedTable",
    "RatingMeasureResult",
    "RatingResult",
    "Release",
    "ReleaseState",
    "Reminder",
    "ReminderKind",
    "ReturnState",
    "ReweightingResult",
    "Sentence",
    "Series",
    "SeriesStanding",
    "Severity",
    "Target",
    "TrustReturn",
    "Upload",
    "UploadState",
]
