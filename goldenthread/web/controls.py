"""A form's field as the GOV.UK component that suits its widget, with hint, error and an id the summary can link to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.widgets import Input
from django.template import engines
from markupsafe import Markup

from goldenthread.web import govuk
from goldenthread.web.fields import BOXES, DayInput, Parts

Params = dict[str, Any]


def control(bound: BoundField, **how: Any) -> Markup:
    """The field as HTML.

    `how` may hold `hint`; `label`, instead of the field's own; `heading=True`, when the label is the page's heading;
    `hidden_label=True`; `classes`; `attributes`; `rows` of a text area; `prefix`, `suffix` of an input; and for radios
    and checkboxes `inline=True`, `small=True`, `hints={value: text}` and `reveals={value: html}`, shown when chosen.
    """
    if bound.is_hidden:
        return Markup(bound.as_hidden())  # noqa: S704 - Django has escaped it
    widget = bound.field.widget
    for kinds, draw in DRAWN_AS:
        if isinstance(widget, kinds):
            return draw(bound, how)
    raise TypeError(f"No GOV.UK component is known for the widget {type(widget).__name__} of {bound.html_name}.")


def faults_of(*forms_shown: forms.BaseForm) -> Iterator[Params]:
    """The errors of a page's forms as lines of the error summary: the sentence, and where to go to mend it.

    In the order of the fields, those of a form as a whole first; these, and those of a hidden field, lead nowhere.
    """
    for form in forms_shown:
        yield from ({"text": str(sentence)} for sentence in form.non_field_errors())
        for bound in form:
            link = {} if bound.is_hidden else {"href": f"#{target_of(bound)}"}
            yield from ({"text": str(sentence)} | link for sentence in bound.errors)


def target_of(bound: BoundField) -> str:
    """The id of the input a person must go to in order to mend this field."""
    if isinstance(bound.field.widget, DayInput):
        return f"{bound.auto_id}-{_day_parts(bound).first_faulty or 'day'}"
    return bound.auto_id


def _shared(bound: BoundField, how: Params) -> Params:
    hint = how.get("hint", bound.help_text)
    label = how.get("label", bound.label)
    return {
        "id": bound.auto_id,
        "name": bound.html_name,
        "attributes": _attributes(bound, how),
        "classes": how.get("classes", bound.field.widget.attrs.get("class", "")),
        "label": {"text": label, "classes": _label_classes(how), "isPageHeading": how.get("heading", False)},
        "hint": {"text": str(hint)} if hint else None,
        "errorMessage": {"text": bound.errors[0]} if bound.errors else None,
        "prefix": {"text": how["prefix"]} if "prefix" in how else None,
        "suffix": {"text": how["suffix"]} if "suffix" in how else None,
    }


def _label_classes(how: Params, block: str = "label") -> str:
    if how.get("hidden_label"):
        return "govuk-visually-hidden"
    return f"govuk-{block}--{'l' if how.get('heading') else 's'}"


def _attributes(bound: BoundField, how: Params) -> Params:
    """What the widget itself asks for, such as `maxlength`; no placeholder, which vanishes just when it is needed."""
    own = {name: value for name, value in bound.field.widget.attrs.items() if name not in {"class", "placeholder"}}
    if bound.field.disabled:
        own["disabled"] = True
    return own | how.get("attributes", {})


def _fieldset(shared: Params, how: Params) -> Params:
    legend = {
        "text": shared["label"]["text"],
        "classes": _label_classes(how, "fieldset__legend"),
        "isPageHeading": how.get("heading", False),
    }
    return {"legend": legend}


def _typed(bound: BoundField) -> str:
    """The value as text, so that nothing shows as nothing and nought as nought."""
    value = bound.value()
    return "" if value is None else str(value)


def _text(bound: BoundField, how: Params) -> Markup:
    shared = _shared(bound, how)
    widget = bound.field.widget
    number = isinstance(widget, forms.NumberInput)
    attributes = shared["attributes"]
    # A number is a text box that asks for digits: `type=number` drops what it cannot read and spins under the wheel.
    kept = {key: value for key, value in attributes.items() if not (number and key in {"min", "max", "step"})}
    return govuk.component(
        "input",
        shared
        | {
            "value": _typed(bound),
            "type": "text" if number else widget.input_type,
            "inputmode": "numeric" if number else None,
            "classes": shared["classes"] or ("govuk-input--width-4" if number else ""),
            "autocomplete": kept.pop("autocomplete", None),
            "attributes": kept,
        },
    )


def _password(bound: BoundField, how: Params) -> Markup:
    shared = _shared(bound, how)
    attributes = dict(shared["attributes"])
    return govuk.component(
        "password-input",
        shared | {"autocomplete": attributes.pop("autocomplete", "current-password"), "attributes": attributes},
    )


def _textarea(bound: BoundField, how: Params) -> Markup:
    shared = _shared(bound, how)
    attributes = {key: value for key, value in shared["attributes"].items() if key not in {"rows", "cols"}}
    return govuk.component(
        "textarea",
        shared | {"value": _typed(bound), "rows": how.get("rows", 5), "spellcheck": True, "attributes": attributes},
    )


def _file(bound: BoundField, how: Params) -> Markup:
    shared = _shared(bound, how)
    return govuk.component("file-upload", shared)


def _choices(bound: BoundField) -> Iterator[tuple[str, str]]:
    for value, label in bound.field.choices:  # type: ignore[attr-defined]
        yield "" if value is None else str(value), str(label)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    return (
        {str(each) for each in value}
        if isinstance(value, (list, tuple, set))
        else {"" if value is None else str(value)}
    )


def _select(bound: BoundField, how: Params) -> Markup:
    shared = _shared(bound, how)
    chosen = _chosen(bound)
    items = [{"value": value, "text": label, "selected": value in chosen} for value, label in _choices(bound)]
    return govuk.component("select", shared | {"items": items})


@dataclass(frozen=True, slots=True)
class Option:
    """One radio or checkbox; `reveals` is HTML shown beneath it while it is chosen."""

    value: str
    text: str
    chosen: bool = False
    hint: str = ""
    reveals: str = ""


def _options(bound: BoundField, how: Params) -> list[Option]:
    chosen, hints, reveals = _chosen(bound), how.get("hints", {}), how.get("reveals", {})
    return [
        Option(value, label, value in chosen, hints.get(value, ""), reveals.get(value, ""))
        for value, label in _choices(bound)
        if value  # radios need no "---------": leaving all of them empty says the same
    ]


def _group(kind: str, bound: BoundField, how: Params) -> Markup:
    classes = (
        how.get("classes"),
        how.get("inline") and f"govuk-{kind}--inline",
        how.get("small") and f"govuk-{kind}--small",
    )
    return _choices_template().group(
        kind,
        bound.auto_id,
        bound.html_name,
        how.get("label", bound.label),
        _options(bound, how),
        hint=how.get("hint", bound.help_text),
        error=bound.errors[0] if bound.errors else "",
        legend_classes=_label_classes(how, "fieldset__legend"),
        heading=how.get("heading", False),
        classes=" ".join(filter(None, classes)),
        attributes=_attributes(bound, how),
    )


def _radios(bound: BoundField, how: Params) -> Markup:
    return _group("radios", bound, how)


def _checkboxes(bound: BoundField, how: Params) -> Markup:
    return _group("checkboxes", bound, how)


def _checkbox(bound: BoundField, how: Params) -> Markup:
    option = Option("on", how.get("label", bound.label), bool(bound.value()), how.get("hint", bound.help_text))
    return _choices_template().lone(bound.auto_id, bound.html_name, option, bound.errors[0] if bound.errors else "")


def _choices_template() -> Any:
    return engines["jinja2"].env.get_template("web/choices.html").module  # type: ignore[attr-defined]


def _day_parts(bound: BoundField) -> Parts:
    return bound.field.widget.parts_of(bound.value(), faulty=bool(bound.errors))


def _day(bound: BoundField, how: Params) -> Markup:
    """Written out, because the package's date input trails the components by thirty-six of fifty fixtures."""
    shared = _shared(bound, how)
    parts = _day_parts(bound)
    boxes = Markup("").join(
        DAY_BOX.format(
            id=f"{bound.auto_id}-{part}",
            name=f"{bound.html_name}-{part}",
            label=part.capitalize(),
            value=getattr(parts, part),
            width=4 if part == "year" else 2,
            error=" govuk-input--error" if part in parts.faulty else "",
            digits="" if part == "month" else Markup(' inputmode="numeric"'),
        )
        for part in BOXES
    )
    hint_id, error_id = f"{bound.auto_id}-hint", f"{bound.auto_id}-error"
    hint = govuk.component("hint", shared["hint"] | {"id": hint_id}) if shared["hint"] else ""
    error = govuk.component("error-message", shared["errorMessage"] | {"id": error_id}) if bound.errors else ""
    described = " ".join(each for each, there in ((hint_id, hint), (error_id, error)) if there)
    inner = DAY_BOXES.format(hint=hint, error=error, id=bound.auto_id, boxes=boxes)
    fieldset = govuk.component(
        "fieldset", _fieldset(shared, how) | {"role": "group", "describedBy": described, "html": inner}
    )
    return DAY_GROUP.format(fieldset=fieldset, error=" govuk-form-group--error" if bound.errors else "")


DAY_GROUP = Markup('<div class="govuk-form-group{error}">{fieldset}</div>')
DAY_BOXES = Markup('{hint}{error}<div class="govuk-date-input" id="{id}">{boxes}</div>')
DAY_BOX = Markup(
    '<div class="govuk-date-input__item"><div class="govuk-form-group">'
    '<label class="govuk-label govuk-date-input__label" for="{id}">{label}</label>'
    '<input class="govuk-input govuk-date-input__input govuk-input--width-{width}{error}" id="{id}" name="{name}"'
    ' type="text"{digits} value="{value}" autocomplete="off"></div></div>'
)

# The first that fits is taken, so the narrower kinds stand before the wider.
DRAWN_AS: tuple[tuple[Any, Any], ...] = (
    (DayInput, _day),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.Select, _select),
    (Input, _text),
)
