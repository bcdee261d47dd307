// What is typed into forms and not sent yet, so that a view that is made anew has it still.

/** @typedef {{ form: number, field: number, value: string, checked: boolean, isActive: boolean }} Typed */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

const typed = new WeakSet();
document.addEventListener("input", ({ target }) => target && typed.add(target));

/** @param {HTMLFormElement} form @returns {Field[]} */
const fieldsOf = (form) => /** @type {Field[]} */ ([...form.querySelectorAll("input, select, textarea")]);

/** @param {HTMLFormElement} form which was sent */
export const sent = (form) => fieldsOf(form).forEach((one) => typed.delete(one));

/** @param {HTMLElement} node @returns {Typed[]} by the places of forms in it, and of their fields */
export const typedIn = (node) =>
  [...node.querySelectorAll("form")].flatMap((form, place) => fieldsOf(form).flatMap((one, field) =>
    (typed.has(one) ? [{ form: place, field, value: one.value, checked: one instanceof HTMLInputElement && one.checked, isActive: one === document.activeElement }] : [])));

/** Types it again; the field that was being typed into, where it is there.
 * @param {HTMLElement} node @param {Typed[]} kept @returns {Field | undefined} */
export function typeAgain(node, kept) {
  const forms = [...node.querySelectorAll("form")];
  const again = kept.map(({ form, field, value, checked, isActive }) => {
    const one = forms[form] && fieldsOf(forms[form])[field];
    if (!one) return undefined;
    if (one instanceof HTMLInputElement && one.type === "checkbox") one.checked = checked;
    else one.value = value;
    for (const name of ["input", "change"]) one.dispatchEvent(new Event(name, { bubbles: true }));
    return isActive ? one : undefined;
  });
  return again.find(Boolean);
}
