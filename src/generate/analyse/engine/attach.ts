/**
 * Attaches declarations to the types that they extend from outside: Go methods, Rust `impl`, `A::f` in C++, extensions.
 */

import type { Decl, FileUnit } from './declarations.ts'
import { D, Flag, NONE } from './facts.ts'
import type { Semantics } from './semantics.ts'

export function attachDeclarations(semantics: Semantics): void {
  const { program } = semantics
  program.each(program.files.values(), (file) => attachIn(semantics, file))
  // Discard receiver types evaluated while members were missing.
  for (const file of program.files.values()) {
    file.isKnown.fill(0)
    file.values.length = 0
    file.lambdaTargets.clear()
    for (const decl of file.decls) {
      decl.value = undefined
      decl.isEvaluated = false
    }
  }
  semantics.ancestors.clear()
}

function attachIn(semantics: Semantics, file: FileUnit): void {
  semantics.begin()
  for (const decl of file.decls) {
    const receiver = decl.at(D.receiver)
    if (receiver === NONE || decl.isLocal) continue
    const type = semantics.typeOf(file, receiver)
    const isHost = type?.kind === 'instance' && type.decl?.kind !== 'typeparam'
    const host = isHost ? type.decl : type?.kind === 'namespace' ? moduleOf(semantics, file, type.path) : null
    if (host == null) continue
    if (decl.kind === 'impl') attachImpl(semantics, decl, host)
    else semantics.program.attach(decl, host)
  }
}

/** The first visible declaration of a module. */
function moduleOf({ program }: Semantics, file: FileUnit, path: string): Decl | undefined {
  const all = program.byFullName.get(path)?.filter((decl) => decl.kind === 'module') ?? []
  return (file.linker.visibleFrom?.(all, file) ?? all)[0]
}

/** Makes the members of an `impl` members of the type, and its trait a supertype. */
function attachImpl(semantics: Semantics, decl: Decl, host: Decl): void {
  decl.host = host
  for (const members of semantics.program.membersOf(decl).values()) {
    for (const member of members)
      semantics.program.attach(member, member.has(Flag.otherBuild) ? variantOf(semantics, host) : host)
  }
  for (const expr of decl.file.list(decl.at(D.supers))) host.addSuper(decl.file, expr)
}

/** The declaration of a type for other systems, if its file has exactly one; otherwise the given one. */
function variantOf({ program }: Semantics, host: Decl): Decl {
  if (host.has(Flag.otherBuild)) return host
  const all = program.byFullName.get(host.fullName) ?? []
  const others = all.filter((one) => one.isType && one.file === host.file && one.has(Flag.otherBuild))
  const [only] = others
  return only !== undefined && others.length === 1 ? only : host
}
