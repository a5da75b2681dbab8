/**
 * Makes every regular expression of this thread loop for ever on a text that holds the mark, as a bad pattern
 * does on a hostile one: while `globalThis.loopsIn` says so, or always with LOOP_AT_MARKER=1 in the environment.
 */
const { exec } = RegExp.prototype
/** Put together, so that a loader that reads this file does not loop. */
const MARK = ['loops', 'for', 'ever'].join('_')
const isAlways = process.env.LOOP_AT_MARKER === '1'

RegExp.prototype.exec = function (text) {
  // The bytes of a blob as git keeps them are none of the text that stages read.
  const isMarked = String(text).includes(MARK) && !String(text).startsWith('blob ')
  if (isMarked && (isAlways || globalThis.loopsIn?.() === true)) for (;;);
  return exec.call(this, text)
}
