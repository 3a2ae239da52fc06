"""Addresses of this stage. None holds a child's reference."""

from django.urls import path

from goldenthread.select.views import case_lists, draws, supervision

urlpatterns = [
    path("", case_lists.case_lists, name="case_lists"),
    path("lists/upload/", case_lists.upload_case_list, name="upload_case_list"),
    path("lists/<code>/check/", case_lists.check_case_list, name="check_case_list"),
    path("lists/<code>/load/", case_lists.load_case_list, name="load_case_list"),
    path("lists/<code>/discard/", case_lists.discard_case_list, name="discard_case_list"),
    path("lists/<code>/faults.csv", case_lists.download_faults, name="download_faults"),
    path("lists/<code>/", case_lists.read_case_list, name="read_case_list"),
    path("sessions/<code>/draw/", draws.plan_draw, name="plan_draw"),
    path("supervision/draw/", supervision.plan_supervision_draw, name="plan_supervision_draw"),
    path("draws/<code>/", draws.open_draw, name="open_draw"),
    path("draws/<code>/abandon/", draws.abandon_draw, name="abandon_draw"),
    path("draws/<code>/files/<what>", draws.download_draw, name="download_draw"),
    path("cases/<code>/replace/", draws.replace_case, name="replace_case"),
]
