/** The exports of a Ruby file: its declarations, and the methods its modules gain by `extend`. */

import { partsOf } from '#generate/analyse/engine/ancestors.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { declaredExports, isPublic } from '#generate/analyse/engine/declared-exports.ts'
import { Flag } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import type { FileExport } from '#generate/model.ts'

/** Limit on the methods that the modules of a file gain by `extend`. */
const MAX_GAINED = 10_000

/** @param extendedBy - The modules that the body of a module names with `extend`. */
export function exportsOf(
  file: FileUnit,
  program: Program,
  semantics: Semantics,
  extendedBy: (module: Decl) => Iterable<Decl>,
): FileExport[] {
  const found = declaredExports(file, program)
  const names = new Set(found.map(({ name }) => name))
  const most = names.size + MAX_GAINED
  const add = (name: string, { id }: Decl): void => {
    if (names.has(name) || names.size >= most) return
    names.add(name)
    found.push({ name, to: id })
  }
  for (const decl of file.decls) {
    if (decl.kind !== 'module' || decl.fullName === '' || !isPublic(decl)) continue
    for (const module of extendedBy(decl))
      for (const part of partsOf(semantics, module))
        for (const members of program.membersOf(part).values())
          for (const member of members)
            if (member.isFunction && member.has(Flag.exported) && !member.has(Flag.static))
              add(`${decl.fullName}.${member.name}`, member)
  }
  return found
}
