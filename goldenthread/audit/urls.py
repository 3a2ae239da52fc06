"""Addresses of this stage. None holds a child's reference: a code stands for the audit."""

from django.urls import path

from goldenthread.audit.views import findings, inspections, lists, owed, sessions, writing

urlpatterns = [
    path("", lists.audits, name="audits"),
    path("sessions/<code>/", sessions.session_audits, name="session_audits"),
    path("sessions/<code>/share-out/", sessions.share_out, name="share_out"),
    path("cases/<code>/allot/", sessions.allot, name="allot"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/mine/", inspections.my_inspections, name="my_inspections"),
    path("inspections/notes/<code>/", inspections.record_inspection, name="record_inspection"),
    path("inspections/draws/<code>/share-out/", inspections.share_out_inspections, name="share_out_inspections"),
    path("inspections/<quarter>/statement/", inspections.inspection_statement, name="inspection_statement"),
    path("inspections/<quarter>/people/<code>/", inspections.open_inspections, name="open_inspections"),
    path("owed/", owed.owed, name="owed"),
    path("owed/everybody/", owed.owed_by_everybody, name="owed_by_everybody"),
    path("owed/everybody/export/", owed.export_owed, name="export_owed"),
    path("owed/everybody/<code>/", owed.owed_by_one, name="owed_by_one"),
    path("owed/rounds/<month>/open/", owed.open_round, name="open_round"),
    path("<code>/", writing.open_audit, name="open_audit"),
    path("<code>/sections/<section>/", writing.answer_section, name="answer_section"),
    path("<code>/save/", writing.save_answers, name="save_answers"),
    path("<code>/settle/", writing.settle, name="settle"),
    path("<code>/submit/", writing.submit_audit, name="submit_audit"),
    path("<code>/read/", lists.read_audit, name="read_audit"),
    path("<code>/blank/", lists.print_blank, name="print_blank"),
    path("<code>/history/", lists.audit_history, name="audit_history"),
    path("<code>/withdraw/", sessions.withdraw, name="withdraw_audit"),
    path("<code>/findings/<section>/add/", findings.add_finding, name="add_finding"),
    path("<code>/findings/<finding>/change/", findings.change_finding, name="change_finding"),
    path("<code>/findings/<finding>/remove/", findings.remove_finding, name="remove_finding"),
    path("<code>/findings/<finding>/restore/", findings.restore_finding, name="restore_finding"),
]
