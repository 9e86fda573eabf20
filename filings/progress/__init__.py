"""办理进度: the steps of a filing from 填报 to 批复, with names, dates and working days waited."""

from filings.progress.load import load, load_one
from filings.progress.steps import FilingProgress, ProgressStep, StepState

__all__ = ["FilingProgress", "ProgressStep", "StepState", "load", "load_one"]
