"""Addresses of the settings."""

from django.urls import path

from goldenthread.framework.views import conflicts, people, rules, templates

urlpatterns = [
    path("", rules.settings_home, name="settings_home"),
    path("frameworks/", rules.frameworks, name="frameworks"),
    path("frameworks/adopt/", rules.adopt_framework, name="adopt_framework"),
    path("frameworks/adopt-shipped/", rules.adopt_shipped_framework, name="adopt_shipped_framework"),
    path("frameworks/<int:version>/", rules.open_framework, name="open_framework"),
    path("templates/", templates.templates, name="templates"),
    path("templates/adopt-shipped/", templates.adopt_shipped_templates, name="adopt_shipped_templates"),
    path("templates/<int:version>/", templates.open_template, name="open_template"),
    path("templates/<int:version>/export/", templates.export_template, name="export_template"),
    path("templates/<int:version>/compare/", templates.compare_templates, name="compare_templates"),
    path("templates/<int:older>/map/<int:newer>/", templates.map_questions, name="map_questions"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<code>/", people.open_person, name="open_person"),
    path("people/<code>/post/", people.give_post, name="give_post"),
    path("people/<code>/posts/<int:key>/end/", people.end_post, name="end_post"),
    path("people/<code>/address/", people.change_address, name="change_address"),
    path("people/<code>/password/", people.give_password, name="give_password"),
    path("people/<code>/close/", people.close_account, name="close_account"),
    path("people/<code>/open/", people.open_account, name="open_account"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/yours/", conflicts.your_conflicts, name="your_conflicts"),
    path("conflicts/declare/", conflicts.declare_conflict, name="declare_conflict"),
    path("conflicts/<int:key>/end/", conflicts.end_conflict, name="end_conflict"),
    path("teams/", people.teams, name="teams"),
    path("teams/add/", people.add_team, name="add_team"),
    path("teams/<int:key>/close/", people.close_team, name="close_team"),
]
