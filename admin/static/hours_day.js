// The small window about one day or some: closed, hours of its own, or as usual; a holiday this year or every year.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { between, weekdayOf } from "./hours_calendar.js";
import { openDialog } from "./hours_dialog.js";
import { datesOf, exceptionOn, replaced, ruleOf, withDates, withHoliday } from "./hours_schedule.js";
import { DAYS, pairOf, spansOf } from "./hours_times.js";
import { TypedHours } from "./hours_typed.js";

/**
 * @typedef {import("./hours_editor.js").Editor} Editor
 * @typedef {import("./hours_types").Holiday} Holiday
 * @typedef {"usual" | "open" | "closed" | "own"} Kind
 */

let count = 0;

/**
 * @param {Editor} editor @param {string} from @param {string} to @param {Holiday | undefined} holiday of a single day
 * @param {"year" | "always"} [scope]
 */
export function dayDialog(editor, from, to, holiday, scope) {
  const { locale, schedule } = editor;
  const several = (holiday?.holidays.length ?? 0) > 1;
  /** What is said of it for every year. @param {string} name @returns {import("./hours_types").HolidayDay | null} */
  const ruleFor = (name) => ruleOf(schedule, [name]);
  const index = exceptionOn(schedule, from);
  const found = index === null ? undefined : schedule.exceptions?.[index];
  const state = kinds(editor, holiday, weekdayOf(from));
  /** @param {string} chosen `year`, or the holiday that is meant every year */
  const load = (chosen) => {
    const rule = chosen === "year" ? null : ruleFor(chosen);
    if (chosen !== "year") state.set(rule?.open ? "open" : rule?.hours ? (rule.hours.length ? "own" : "closed") : "usual", rule?.hours ?? [], rule?.name ?? "");
    else state.set(found ? (found.hours.length ? "own" : "closed") : "usual", found?.hours ?? [], found?.name ?? "");
  };
  const scopes = holiday
    ? radios(t("When it counts"), [["year", t("Only this year")], ...holiday.holidays.map((name) => /** @type {[string, string]} */ ([name, several ? t("{name}, every year", { name: editor.holidayName(name) }) : t("Every year")]))], load)
    : null;
  const named = holiday?.holidays.find(ruleFor) ?? holiday?.holidays[0] ?? "year";
  scopes?.set(scope === "always" || (!scope && !found) ? named : "year");
  load(scopes?.get() ?? "year");
  const days = between(from, to) + 1;
  openDialog({
    title: days === 1 ? locale.date(from) : locale.range(from, to),
    done: t("Use"),
    body: [
      holiday ? el("p", { class: "hours-holiday-name" }, holiday.name) : null,
      scopes?.element ?? null, state.kinds.element, state.typed.element, state.nameField,
    ],
    onDone: () => {
      const said = state.read();
      if (!said) return false;
      const { kind, hours, name } = said;
      const called = name ? { name } : {};
      const id = scopes?.get() ?? "year";
      if (holiday && id !== "year") {
        const own = kind === "open" ? { open: /** @type {true} */ (true) } : kind === "usual" ? {} : { hours };
        const isOwn = kind !== "usual" || Boolean(name);
        editor.change((one) => withHoliday(found ? withDates(one, from, to, null) : one, id, isOwn ? { holiday: id, ...called, ...own } : null));
        return true;
      }
      const weekly = schedule.weekly?.[DAYS[weekdayOf(from)] ?? "mon"] ?? [];
      editor.change((one) => withDates(one, from, to, kind === "usual" ? null : { hours: kind === "open" ? weekly : hours, ...called }));
      return true;
    },
  });
}

/** A dated exception, from the list or a new one. @param {Editor} editor @param {number | null} index */
export function exceptionDialog(editor, index) {
  const found = index === null ? undefined : editor.schedule.exceptions?.[index];
  const [first, last] = found ? datesOf(found) : [editor.today, editor.today];
  const state = kinds(editor, undefined, 0, true);
  state.set(found && found.hours.length ? "own" : "closed", found?.hours ?? [], found?.name ?? "");
  const from = dateField(editor, t("First day"), first);
  const to = dateField(editor, t("Last day"), last);
  from.input.addEventListener("change", () => {
    if (to.input.value < from.input.value) to.set(from.input.value);
  });
  openDialog({
    title: found ? t("Change an exception") : t("Add an exception"),
    done: t("Use"),
    body: [el("div", { class: "hours-pair" }, from.element, to.element), state.kinds.element, state.typed.element, state.nameField],
    onDone: () => {
      const said = state.read();
      if (!from.check() || !to.check() || !said) return false;
      if (to.input.value < from.input.value) return to.complain(t("The last day is before the first."));
      const dates = from.input.value === to.input.value ? { date: from.input.value } : { from: from.input.value, to: to.input.value };
      const own = { ...dates, hours: said.hours, ...(said.name ? { name: said.name } : {}) };
      editor.change((schedule) => ({ ...schedule, exceptions: replaced(schedule.exceptions ?? [], index, own) }));
      return true;
    },
  });
}

/** A closure from one minute to another. @param {Editor} editor @param {number | null} index */
export function closureDialog(editor, index) {
  const found = index === null ? undefined : editor.schedule.closures?.[index];
  const from = dateField(editor, t("Closed from"), found?.from ?? `${editor.today}T18:00`, true);
  const to = dateField(editor, t("Open again from"), found?.to ?? `${editor.today}T20:00`, true);
  const name = nameField(found?.name ?? "");
  openDialog({
    title: found ? t("Change a closure") : t("Add a closure"),
    done: t("Use"),
    body: [el("p", { class: "help" }, t("From one minute to another nobody is there, whatever else is said.")), from.element, to.element, name.element],
    onDone: () => {
      if (!from.check() || !to.check()) return false;
      if (to.input.value <= from.input.value) return to.complain(t("The end must be after the start."));
      const said = name.input.value.trim();
      const own = { from: from.input.value.slice(0, 16), to: to.input.value.slice(0, 16), ...(said ? { name: said } : {}) };
      editor.change((schedule) => ({ ...schedule, closures: replaced(schedule.closures ?? [], index, own) }));
      return true;
    },
  });
}

/** @param {Editor} editor @param {Holiday | undefined} holiday @param {number} weekday @param {boolean} [isDated] */
function kinds(editor, holiday, weekday, isDated = false) {
  const { locale, schedule } = editor;
  const onHolidays = locale.hours(spansOf(schedule.holidays?.hours ?? [])) || tc("hours", "Closed");
  /** @type {[Kind, string][]} */
  const all = [
    ...(isDated ? [] : /** @type {[Kind, string][]} */ ([["usual", holiday ? t("As on other holidays: {hours}", { hours: onHolidays }) : t("As usual")]])),
    ...(holiday ? /** @type {[Kind, string][]} */ ([["open", t("Open, as on any {day}", { day: locale.day(weekday) })]]) : []),
    ["closed", tc("hours", "Closed")],
    ["own", t("Own hours")],
  ];
  const name = nameField("");
  const typed = new TypedHours({ locale, label: t("Hours"), visibleLabel: true, closed: "9:00–12:00", onChange: () => undefined });
  const choice = radios(t("Hours"), all, (kind) => {
    typed.element.hidden = kind !== "own";
    if (kind === "own") typed.focus();
  });
  return {
    kinds: choice, typed, nameField: name.element,
    /** @param {Kind} kind @param {readonly import("./hours_types").Pair[]} hours @param {string} said */
    set(kind, hours, said) {
      choice.set(kind);
      typed.show(spansOf(hours));
      typed.element.hidden = kind !== "own";
      name.input.value = said;
    },
    /** @returns {{kind: Kind, hours: import("./hours_types").Pair[], name: string} | null} null while something is to be answered */
    read() {
      const kind = /** @type {Kind} */ (choice.get());
      if (kind === "own" && !typed.settle()) return null;
      return { kind, hours: kind === "own" ? typed.spans.map(pairOf) : [], name: name.input.value.trim() };
    },
  };
}

/** @param {string} legend @param {[string, string][]} all @param {(value: string) => void} onChange */
function radios(legend, all, onChange) {
  const group = `hours-radio-${(count += 1)}`;
  const inputs = all.map(([value, label]) => ({ value, label, input: el("input", { type: "radio", name: group, value, onchange: () => onChange(value) }) }));
  return {
    element: el("fieldset", { class: "hours-radios" }, el("legend", { class: "visually-hidden" }, legend), ...inputs.map(({ input, label }) => el("label", {}, input, " ", el("span", {}, label)))),
    get: () => inputs.find(({ input }) => input.checked)?.value ?? all[0]?.[0] ?? "",
    /** @param {string} value */
    set: (value) => inputs.forEach((one) => (one.input.checked = one.value === value)),
  };
}

/** @param {string} value */
function nameField(value) {
  const id = `hours-name-${(count += 1)}`;
  const input = el("input", { type: "text", id, maxlength: 200, autocomplete: "off", dir: "auto", "aria-describedby": `${id}-help` });
  input.value = value;
  return { input, element: el("div", { class: "field" }, el("label", { for: id }, t("Name (optional)")), input, el("p", { class: "help", id: `${id}-help` }, t("Visitors may read it as the reason."))) };
}

/** @param {Editor} editor @param {string} label @param {string} value @param {boolean} [withTime] */
function dateField(editor, label, value, withTime = false) {
  const id = `hours-date-${(count += 1)}`;
  const input = el("input", { type: withTime ? "datetime-local" : "date", id, min: withTime ? "0001-01-01T00:00" : "0001-01-01", max: withTime ? "9999-12-31T23:59" : "9999-12-31", required: true, "aria-describedby": `${id}-said`, oninput: () => say() });
  const said = el("p", { class: "help", id: `${id}-said` });
  const say = () => {
    input.removeAttribute("aria-invalid");
    said.className = "help";
    said.textContent = input.value ? editor.locale.date(input.value.slice(0, 10)) : "";
  };
  /** @param {string} text */
  const complain = (text) => {
    input.setAttribute("aria-invalid", "true");
    said.className = "error";
    said.textContent = text;
    input.focus();
    return false;
  };
  /** @param {string} next */
  const set = (next) => ((input.value = next), say());
  set(value);
  return { input, element: el("div", { class: "field" }, el("label", { for: id }, label), input, said), set, complain, check: () => Boolean(input.value) || complain(t("Choose a date.")) };
}
