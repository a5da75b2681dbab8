/** Chooses the main declaration, which represents all declarations of a component and whose file has the entry. */

import { type Component, compareText } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'

const VERSION_FILE = /^version\.\w+$/i

/**
 * Sorts declarations: first the one in a file of its name, else the documented one, else the one with most members. One
 * in a file with only a version comes last.
 *
 * @param membersOf - The declaration's own members.
 */
export function bestFirst(
  declarations: readonly Component[],
  membersOf: (id: string) => readonly Component[],
): Component[] {
  const rows = declarations.map((component) => {
    const { kind, file, doc, startLine, endLine, id } = component
    const own = membersOf(id).filter(({ kind }) => kind !== 'class' && kind !== 'namespace').length
    const ranks = [
      kind === 'type' ? 3 : kind === 'namespace' ? 2 : kind === 'interface' ? 1 : 0,
      VERSION_FILE.test(nameOf(file)) ? 1 : 0,
      own > 0 || doc !== null ? namesakeRank(component) : 2,
      doc === null ? 1 : 0,
      -own,
      startLine - endLine,
    ]
    return { component, ranks }
  })
  return rows
    .sort((a, b) => {
      const at = a.ranks.findIndex((rank, index) => rank !== b.ranks[index])
      const difference = at < 0 ? 0 : (a.ranks[at] ?? 0) - (b.ranks[at] ?? 0)
      return (
        difference || compareText(a.component.file, b.component.file) || a.component.startLine - b.component.startLine
      )
    })
    .map(({ component }) => component)
}

/** Whether a component's file is named after it. */
export function isNamesake(component: Component): boolean {
  return namesakeRank(component) < 2
}

/** 0 for `lib/tool/http_server.rb` of `Tool::HTTPServer`, 1 for any `http_server.rb`, else 2. */
function namesakeRank({ file, qualifiedName }: Component): number {
  const path = plain(file.replace(/\.\w+$/, ''))
  const whole = plain(qualifiedName.replaceAll('.', '/'))
  if (path === whole || path.endsWith(`/${whole}`)) return 0
  return nameOf(path) === nameOf(whole) ? 1 : 2
}

const plain = (path: string): string => path.replace(/[_-]/g, '').toLowerCase()
