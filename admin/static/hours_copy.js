// One day's hours on other days too.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { openDialog } from "./hours_dialog.js";
import { copied, weekOf } from "./hours_schedule.js";

/** @param {import("./hours_editor.js").Editor} editor @param {number} day */
export function copyDialog(editor, day) {
  const { locale } = editor;
  const others = locale.order.filter((one) => one !== day);
  const boxes = new Map(others.map((one) => [one, el("input", { type: "checkbox" })]));
  /** @param {(day: number) => boolean} isChosen */
  const choose = (isChosen) => boxes.forEach((box, one) => (box.checked = isChosen(one)));
  choose((one) => !editor.weekend.includes(one) && !editor.weekend.includes(day));
  const hours = locale.hours(weekOf(editor.schedule)[day] ?? []);
  openDialog({
    title: t("Copy {day} to other days", { day: locale.day(day) }),
    done: t("Copy"),
    body: [
      el("p", { class: "hours-strong" }, hours || tc("hours", "Closed")),
      el("div", { class: "actions" },
        el("button", { type: "button", class: "button button-small", onclick: () => choose((one) => !editor.weekend.includes(one)) }, t("Working days")),
        el("button", { type: "button", class: "button button-small", onclick: () => choose(() => true) }, t("All days")),
        el("button", { type: "button", class: "button button-small", onclick: () => choose(() => false) }, t("None"))),
      el("fieldset", { class: "hours-choices" }, el("legend", { class: "visually-hidden" }, t("Days")),
        ...others.map((one) => el("label", {}, boxes.get(one) ?? null, " ", locale.day(one)))),
    ],
    onDone: () => {
      const to = others.filter((one) => boxes.get(one)?.checked);
      editor.change((schedule) => copied(schedule, day, to));
      if (to.length) editor.announce(t("Copied."));
    },
  });
}
