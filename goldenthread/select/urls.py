"""Addresses of this stage. None holds a child's reference."""

from django.urls import path

from goldenthread.select.views import case_lists, changes, choosing, draws, seeding, supervision

urlpatterns = [
    path("", case_lists.case_lists, name="case_lists"),
    path("lists/upload/", case_lists.upload_case_list, name="upload_case_list"),
    path("lists/<code>/check/", case_lists.check_case_list, name="check_case_list"),
    path("lists/<code>/load/", case_lists.load_case_list, name="load_case_list"),
    path("lists/<code>/discard/", case_lists.discard_case_list, name="discard_case_list"),
    path("lists/<code>/faults.csv", case_lists.download_faults, name="download_faults"),
    path("lists/<code>/changes/", changes.case_list_changes, name="case_list_changes"),
    path("lists/<code>/changes.csv", changes.export_changes, name="export_changes"),
    path("lists/<code>/", case_lists.read_case_list, name="read_case_list"),
    path("sessions/<code>/draw/", choosing.plan_draw, name="plan_draw"),
    path("sessions/<code>/choose/", choosing.choose_files, name="choose_files"),
    path("supervision/draw/", supervision.plan_supervision_draw, name="plan_supervision_draw"),
    path("draws/<code>/", draws.open_draw, name="open_draw"),
    path("draws/<code>/number/", seeding.share_number, name="share_number"),
    path("draws/<code>/again/", seeding.start_draw_again, name="start_draw_again"),
    path("draws/<code>/abandon/", draws.abandon_draw, name="abandon_draw"),
    path("draws/<code>/files/<what>", draws.download_draw, name="download_draw"),
]
