// What admins want to know before the first message: a short form, whose answers become the beginning of that message.
// Loaded when there is something to ask.

import { byId, make, say, sayIn } from "../lib/dom.js";
import { reader, t } from "../lib/i18n.js";
import { ADDRESS } from "./address.js";

/** @import {PrechatOptions} from "./types" */
/** @import {Question} from "../lib/protocol" */

/** @typedef {{part: HTMLElement, label: HTMLElement, mark: HTMLElement, input: HTMLInputElement, problem: HTMLElement, trouble: () => string}} Field */

const LONGEST = 250;

/**
 * The beginning of the first message: a line for each question that has an answer, and an empty one. Empty without answers.
 * @param {readonly Question[]} questions @param {Readonly<Record<string, string>>} answers by the question's id
 */
export function linesOf(questions, answers) {
  const lines = questions
    .map(({ id, label: { text } }) => [text, answers[id]?.trim()])
    .filter(([, answer]) => answer)
    // A label that ends like a sentence or a line of a form has its own mark.
    .map(([label, answer]) => `${label}${/[?:？：؟;…]$/.test(label) ? "" : ":"} ${answer}`);
  return lines.length ? `${lines.join("\n")}\n\n` : "";
}

/**
 * What is wrong with an answer.
 * @param {Question} question @param {string} answer @returns {"missing" | "address" | null}
 */
export function wrongWith({ answer: kind, required }, answer) {
  if (!answer.trim()) return required ? "missing" : null;
  return kind === "email" && !ADDRESS.test(answer.trim()) ? "address" : null;
}

/** @param {PrechatOptions} options */
export function createPrechat({ store, give, current }) {
  const form = make("form", { id: "prechat", noValidate: true, hidden: true });
  byId("intro").after(form);
  /** @type {Map<string, Field>} */
  const fields = new Map();
  /** @type {Record<string, string>} by the question's id */
  const answers = store.get("answers") ?? {};
  /** @type {readonly Question[]} */
  let questions = [];
  let given = false;

  function show() {
    const news = form.hidden && questions.length;
    form.hidden = !questions.length;
    // Whoever has come to the field while this was on its way, and not begun, begins here.
    const field = byId("text", HTMLTextAreaElement);
    if (news && document.activeElement === field && !field.value) focus();
  }

  /** Goes to the first question without an answer. @returns {boolean} whether there is one */
  function focus() {
    const open = form.hidden ? undefined : questions.find(({ id }) => !answers[id]);
    if (open) fieldFor(open).input.focus();
    return !!open;
  }

  /** @param {Question} question */
  function fieldFor({ id, answer }) {
    const known = fields.get(id);
    if (known) return known;
    const label = make("span");
    const mark = make("small");
    const input = document.createElement("input");
    Object.assign(input, { id, type: answer, maxLength: LONGEST, value: answers[id] ?? "" });
    const problem = make("p", { id: `${id}-problem`, className: "problem" });
    problem.role = "alert";
    input.setAttribute("aria-describedby", problem.id);
    if (answer === "email") Object.assign(input, { autocomplete: "email", placeholder: "name@example.com" });
    const part = make("div", { className: "question" }, make("label", { htmlFor: id }, label, " ", mark), input, problem);
    /** @type {Field} */
    const field = { part, label, mark, input, problem, trouble: () => "" };
    input.addEventListener("input", () => {
      answers[id] = input.value;
      store.set("answers", answers);
      complain(field, () => "");
      turn(field);
    });
    input.addEventListener("keydown", (event) => {
      // Enter that ends a composition belongs to the input method; Safari says so by 229 only.
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      const asked = questions.find((question) => question.id === id);
      if (asked && check(asked)) next(id).focus();
    });
    fields.set(id, field);
    return field;
  }

  /** Where one goes on after an answer. @param {string} id */
  function next(id) {
    const after = questions[questions.findIndex((question) => question.id === id) + 1];
    return after ? fieldFor(after).input : byId("text");
  }

  /** An empty field has no direction of its own. @param {Field} field */
  function turn({ input }) {
    input.dir = input.type === "email" ? "ltr" : input.value ? "auto" : reader().direction;
  }

  /** @param {Field} field @param {() => string} words said anew when the language changes */
  function complain(field, words) {
    field.trouble = words;
    field.input.ariaInvalid = `${!!words()}`;
    say(field.problem, words());
  }

  /** @param {Question} question @returns {boolean} whether its answer will do */
  function check(question) {
    const field = fieldFor(question);
    const wrong = wrongWith(question, field.input.value);
    if (wrong) complain(field, wrong === "missing" ? () => t("This question needs an answer.") : () => t("An e-mail address looks like name@example.com."));
    return !wrong;
  }

  return {
    /** What the first message begins with. @returns {string | null} null: something is missing, and the field says so */
    before() {
      const wrong = questions.filter((question) => !check(question));
      if (!wrong.length) return linesOf(questions, answers);
      fieldFor(wrong[0]).input.focus();
      return null;
    },

    /** The first message is on its way, with the answers in it. */
    sent() {
      if (!questions.length) return;
      const asked = questions.find(({ id, answer }) => answer === "email" && answers[id]?.trim());
      if (asked) store.set("given", answers[asked.id].trim());
      for (const id of Object.keys(answers)) delete answers[id];
      store.set("answers", null);
      store.set("asked", current());
    },

    /** The server's answer about the address. @param {string} error empty: it is kept */
    answered(error) {
      const address = store.get("given");
      if (!address) return;
      store.set("given", null);
      if (!error) store.set("email", { address });
    },

    focus,

    /** @param {readonly Question[]} asked none: the form goes away @param {boolean} connected */
    draw(asked, connected) {
      questions = asked;
      form.ariaLabel = t("Questions before you write");
      questions.forEach((question, place) => {
        const field = fieldFor(question);
        sayIn(field.label, question.label);
        say(field.mark, question.required ? t("Required") : "");
        field.input.ariaRequired = `${question.required}`;
        say(field.problem, field.trouble());
        turn(field);
        if (form.children[place] !== field.part) form.insertBefore(field.part, form.children[place] ?? null);
      });
      while (form.children.length > questions.length) form.lastElementChild?.remove();
      show();
      // What was on its way when the line broke is sent again.
      if (!connected) given = false;
      else if (store.get("given") && !given) given = give(store.get("given"));
    },
  };
}
