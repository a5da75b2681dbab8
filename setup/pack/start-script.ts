/** The first script of a standalone build. It checks the version of Node and prints which ones are supported. */

import { LINES } from '../nodes/supported-lines.ts'

/** The oldest supported Node. */
const [OLDEST] = LINES

/** The shell script `docspool` in the archive. */
export const LAUNCHER = `#!/bin/sh
# Starts docspool with the Node of this machine.
command -v node >/dev/null || {
  echo 'docspool: Node ${OLDEST} or newer is needed; see https://nodejs.org/en/download, or use the single executable.' >&2
  exit 78
}
exec node "$(dirname "$(readlink -f "$0")")/lib/src/docspool.mjs" "$@"
`

/** A Node for which a program has a native module. */
export interface PackedNode {
  /** `22.23.3`. */
  version: string
  abi: string
}

/**
 * The text of `src/docspool.mjs`. It must also run in Nodes that are too old for the program itself.
 *
 * @param main - Path of the program, relative to the script.
 */
export function startScript(nodes: readonly PackedNode[], main: string): string {
  const names = nodes
    .map(({ version }) => Number.parseInt(version, 10))
    .sort((a, b) => a - b)
    .map((major) => (major === Number.parseInt(OLDEST, 10) ? `${major} (${OLDEST} or newer)` : `${major}`))
  const wanted = new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
  return `const { node, modules } = process.versions
const [major, minor] = node.split('.').map(Number)
const [oldestMajor, oldestMinor] = [${OLDEST.split('.').join(', ')}]
const isTooOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
if (isTooOld || !${JSON.stringify(nodes.map(({ abi }) => abi).sort())}.includes(modules)) {
  process.stderr.write(\`docspool: this program is packed for Node ${wanted}, and this is Node \${node}; install one of those, or use the single executable.\\n\`)
  process.exit(78)
}
const { main } = await import('${main}')
await main(process.argv.slice(2))
`
}
