/** Hides the lines of Rust examples that rustdoc compiles but does not show. */

/** A line of a Rust example as rustdoc shows it: `undefined` for `# …`, which is only compiled; `##` is a `#` that is shown. */
export function shownRustLine(line: string): string | undefined {
  return /^\s*#(?: |$)/.test(line) ? undefined : line.replace(/^(\s*)##/, '$1#')
}
