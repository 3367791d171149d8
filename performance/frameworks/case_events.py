"""The dated events of a case that measures can be counted from, each spelled in one place."""

from trusts.words import Word


class CaseEvent(Word):
    """What a case system says happened on a day. A case is whatever has one beginning: an order, a
    licence, a report to a court, a victim to be contacted, a job, a course of treatment."""

    ORDER_STARTED = "order-started", "Community order or suspended sentence order started"
    LICENCE_STARTED = "licence-started", "Licence started"
    ALLOCATED = "allocated", "Allocated to an offender manager"
    FIRST_APPOINTMENT = "first-appointment", "Day for which the first appointment was arranged"
    OASYS_COMPLETED = "oasys-completed", "OASys assessment completed"
    HIGH_RISK_PLAN_COMPLETED = (
        "high-risk-plan-completed",
        "Last of risk of harm assessment, risk management plan and sentence plan completed",
    )
    PRIORITY_ASSESSMENT_DUE = "priority-assessment-due", "Assessment of a priority offender fell due"
    PRIORITY_ASSESSMENT_COMPLETED = (
        "priority-assessment-completed",
        "Assessment of a priority offender completed",
    )
    PLAN_COMPLETED = "plan-completed", "Plan completed"
    FAILURE = "failure", "Unacceptable failure to keep to the order or licence"
    BREACH_ACTION = "breach-action", "Breach action taken"
    BREACH_KNOWN = "breach-known", "Breach became known"
    BREACH_REQUESTED = "breach-requested", "Acceptable request for breach received from a company"
    BREACH_PRESENTED = "breach-presented", "Breach presented to court"
    COMPLETED = "completed", "Order or licence ended successfully"
    REVOKED = "revoked", "Order or licence ended in another way"
    REOPENED = "reopened", "Opened again after it had ended"
    ACCOMMODATED = "accommodated", "Settled and suitable accommodation recorded"
    TRANSFERRED = "transferred", "Received by the trust of the row from another trust"
    VICTIM_CONTACT_DUE = "victim-contact-due", "The time for contact with the victim began"
    VICTIM_CONTACTED = "victim-contacted", "Victim contacted"
    REPORT_REQUESTED = "report-requested", "Pre-sentence report asked for"
    REPORT_DUE = "report-due", "Day that the court set for the report"
    REPORT_COMPLETED = "report-completed", "Pre-sentence report completed"
    JOB_STARTED = "job-started", "Job began"
    JOB_ENDED = "job-ended", "Job ended"
    DRUG_TREATMENT_STARTED = "drug-treatment-started", "Drug treatment order or requirement started"
    DRUG_TREATMENT_COMPLETED = (
        "drug-treatment-completed",
        "Drug treatment ran to full term, or ended early for good progress",
    )
    DRUG_TREATMENT_ENDED = "drug-treatment-ended", "Drug treatment ended in another way"
    PROGRAMME_COMPLETED = "programme-completed", "Accredited programme completed"
    UNPAID_WORK_COMPLETED = "unpaid-work-completed", "Unpaid work order or requirement completed"


# With these, supervision begins and ends.
STARTS = (CaseEvent.ORDER_STARTED, CaseEvent.LICENCE_STARTED)
ENDS = (CaseEvent.COMPLETED, CaseEvent.REVOKED)
