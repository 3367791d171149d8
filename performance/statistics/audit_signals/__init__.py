"""Signs that a target may have changed what is recorded rather than what is done: questions for audit,
never findings.

Every result carries a `question`, a sentence to put to the trust, or '' where nothing asks for one.
An innocent answer is usual: a queue cleared before a deadline, a new kind of case, a good manager.

Counter-evidence to keep in view. Gruber, Hoe and Stoye (2023), Review of Economics and Statistics
105(1), found that the four-hour target of English emergency departments bunched waits just below four
hours and cut deaths by 14% as well; HM Inspectorate of Probation (2023) found better outcomes where it
had rated supervision better. A target can distort and still work: test, don't presume. Source of the
signs: Bevan and Hood (2006), Public Administration 84:517-538.
"""
