/**
 * Finds environment variables that a shell script reads: those it does not set itself, except from their own value as
 * in `PORT=${PORT:-80}`.
 */

import { type DirectRead, type FileReads, isShouted, MAX_READS, NO_READS } from './file-reads.ts'
import { plainLiteral } from './literals.ts'
import { childrenOf, endOf, kindAt, type ReadTree, startOf, textAt } from './read-tree.ts'

/** Variables that the shell sets itself. */
const OF_SHELL = /^(?:BASH\w*|IFS|PWD|OLDPWD|RANDOM|SECONDS|LINENO|PS\d|OPT(?:ARG|IND)|REPLY|UID|EUID|COMP_\w+|_)$/
const SETTERS = new Set(['read', 'getopts', 'mapfile', 'readarray', 'printf'])
const MAX_DEFAULT = 60

export function findBashReads(tree: ReadTree, lineAt: (offset: number) => number): FileReads {
  const { text } = tree
  if (!text.includes('${')) return NO_READS
  const set = new Set<string>()
  const reads: DirectRead[] = []
  for (let node = 0; node < tree.size; node++) {
    if (!tree.isNamed(node)) continue
    switch (kindAt(tree, node)) {
      case 'variable_assignment': {
        const [name] = childrenOf(tree, node)
        if (name === undefined) break
        const written = textAt(tree, name)
        const given = text.slice(endOf(tree, name), endOf(tree, name) + written.length + 6)
        if (!/^=["']?\$\{/.test(given) || !given.replace(/^="?/, '').startsWith(`\${${written}`)) set.add(written)
        break
      }
      case 'for_statement':
      case 'declaration_command':
        for (const child of childrenOf(tree, node))
          if (kindAt(tree, child) === 'variable_name' && !textAt(tree, node).startsWith('export'))
            set.add(textAt(tree, child))
        break
      case 'command': {
        const [command, ...words] = childrenOf(tree, node)
        if (command === undefined || !SETTERS.has(textAt(tree, command))) break
        for (const word of words) if (isShouted(textAt(tree, word))) set.add(textAt(tree, word))
        break
      }
      case 'expansion': {
        const read = expansionAt(tree, node, lineAt)
        if (read !== undefined && reads.length < MAX_READS) reads.push(read)
        break
      }
    }
  }
  const found = reads.filter(({ name }) => !set.has(name) && !OF_SHELL.test(name))
  return found.length === 0 ? NO_READS : { ...NO_READS, reads: found }
}

function expansionAt(tree: ReadTree, node: number, lineAt: (offset: number) => number): DirectRead | undefined {
  const [name] = childrenOf(tree, node)
  if (name === undefined || kindAt(tree, name) !== 'variable_name') return undefined
  const written = textAt(tree, name)
  const rest = tree.text.slice(endOf(tree, name), Math.min(endOf(tree, node) - 1, endOf(tree, name) + MAX_DEFAULT + 4))
  const operator = /^:?[-=?+]/.exec(rest)?.[0]
  if (operator === undefined || !isShouted(written)) return undefined
  const value = rest.slice(operator.length).replace(/^(["'])(.*)\1$/, '$2')
  const isLiteral = /[-=]$/.test(operator) && value !== '' && value.length <= MAX_DEFAULT && !/[$`\\"'\n{}]/.test(value)
  return {
    kind: 'environment',
    name: written,
    default: isLiteral ? (plainLiteral(value) ?? value) : null,
    line: lineAt(startOf(tree, name)),
    written,
  }
}
