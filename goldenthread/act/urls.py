"""Addresses of this stage. None holds a child's reference: a code stands for the return, and one for the task."""

from django.urls import path

from goldenthread.act.views import assurance, concerns, lists, one_task, reaudits, steps, tasks

urlpatterns = [
    path("", lists.returns, name="returns"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/chase/", tasks.chase_tasks, name="chase_tasks"),
    path("tasks/export/<sort>/", tasks.export_tasks, name="export_tasks"),
    path("sessions/<code>/return/", steps.return_session, name="return_session"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/audits/<code>/raise/", concerns.raise_concern, name="raise_concern"),
    path("concerns/<code>/", concerns.open_concern, name="open_concern"),
    path("concerns/<code>/acknowledge/", concerns.acknowledge_concern, name="acknowledge_concern"),
    path("concerns/<code>/close/", concerns.close_concern, name="close_concern"),
    path("assurance/", assurance.assurance, name="assurance"),
    path("assurance/samples/", assurance.sample_tasks, name="sample_tasks"),
    path("assurance/samples/<code>/", assurance.open_task_sample, name="open_task_sample"),
    path("assurance/samples/<code>/<what>", assurance.download_task_sample, name="download_task_sample"),
    path("assurance/checks/<code>/", assurance.check_task, name="check_task"),
    path("assurance/checks/<code>/put-right/", assurance.see_put_right, name="see_put_right"),
    path("reaudits/", reaudits.reaudits, name="reaudits"),
    path("reaudits/ask/", reaudits.ask_for_reaudit, name="ask_for_reaudit"),
    path("reaudits/changes/", reaudits.reaudit_changes, name="reaudit_changes"),
    path("reaudits/up-to-date/", reaudits.bring_reaudits_up_to_date, name="bring_reaudits_up_to_date"),
    path("reaudits/<code>/", reaudits.open_before_and_after, name="before_and_after"),
    path("reaudits/<code>/arrange/", reaudits.arrange_reaudit, name="arrange_reaudit"),
    path("reaudits/<code>/excuse/", reaudits.excuse_reaudit, name="excuse_reaudit"),
    path("<code>/", lists.open_return, name="open_return"),
    path("<code>/audit/", lists.read_returned_audit, name="read_returned_audit"),
    path("<code>/history/", lists.return_history, name="return_history"),
    path("<code>/tasks/<task>/done/", steps.complete_task, name="complete_task"),
    path("<code>/tasks/<task>/again/", steps.reopen_task, name="reopen_task"),
    path("<code>/tasks/<task>/agree/", one_task.agree_to_task, name="agree_to_task"),
    path("<code>/tasks/<task>/challenge/", one_task.challenge_task, name="challenge_task"),
    path("<code>/tasks/<task>/decide/", one_task.decide_task, name="decide_task"),
    path("<code>/tasks/<task>/more-time/", one_task.give_more_time, name="give_more_time"),
    path("<code>/sign-off/", steps.sign_off, name="sign_off"),
    path("<code>/accept/", steps.accept_return, name="accept_return"),
    path("<code>/send-back/", steps.send_back, name="send_back"),
]
