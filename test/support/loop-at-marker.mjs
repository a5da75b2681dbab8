/**
 * Makes every regular expression of this thread loop for ever on a text that holds `loops_for_ever`, as a bad pattern
 * does on a hostile one: while `globalThis.loopsIn` says so, or always with LOOP_AT_MARKER=1 in the environment.
 */
const { exec } = RegExp.prototype
const isAlways = process.env.LOOP_AT_MARKER === '1'

RegExp.prototype.exec = function (text) {
  // The bytes of a blob as git keeps them are none of the text that stages read.
  const isMarked = String(text).includes('loops_for_ever') && !String(text).startsWith('blob ')
  if (isMarked && (isAlways || globalThis.loopsIn?.() === true)) for (;;);
  return exec.call(this, text)
}
