/** Finds the folder that the prose above commands changes to. */

/** Pattern for a folder in prose: "the `docs` directory", "`website/`". */
const FOLDER = String.raw`(?:the\s{1,3})?\[?(?:(?:\x60\x60?|\*\*|")\.?\/?([\w./-]{1,60}?)\/?(?:\x60\x60?|\*\*|")|\.?\/?([\w./-]{1,60}?)\/?(?=\]?(?:\([^)\n]{0,100}\))?\s{1,3}(?:directory|folder|subdirectory)\b))`
/** Matches "Navigate to the `docs` folder", which applies to everything that follows. */
const CHANGES_FOLDER = new RegExp(
  String.raw`\b(?:cd|chang\w+|enter\w*|go|goes|mov\w+|navigat\w+|switch\w*)\s{1,3}(?:(?:directory|into|over|to)\s{1,3}){0,2}${FOLDER}`,
  'gi',
)
/** Matches "In the `docs` directory run", which applies to the next block. */
const NAMES_FOLDER = new RegExp(String.raw`\b(?:from|in|inside|within)\s{1,3}${FOLDER}`, 'gi')

/** The last folder that the prose before a block changes to, if the repository has it. */
export function folderInProse(prose: string, hasFile: (path: string) => boolean): string | undefined {
  const last = prose.trimEnd().split('\n').slice(-1)[0] ?? ''
  const asksToRun = /:\s*$|\b(?:call|execut\w+|run|running|type|use)\b/i.test(last)
  return [...prose.matchAll(CHANGES_FOLDER), ...(asksToRun ? last.matchAll(NAMES_FOLDER) : [])]
    .map(([, quoted, plain]) => (quoted ?? plain ?? '').replace(/\/$/, ''))
    .filter((one) => one !== '' && !/\.\w+$/.test(one) && hasFile(one))
    .at(-1)
}
