/** Writes how users install the project: commands of documents, or those of package managers. */

import type { RootContent } from 'mdast'
import type { Package } from '#generate/model.ts'
import { installCommands, publicPackages } from '#generate/pages/public-api/own-packages.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { codeBlock, paragraph } from '#markdown/build.ts'
import { dependencyLines } from './dependency-lines.ts'
import { installCommandOf, isExperimental, isInnerCrate } from './documented-install.ts'
import { lineOf } from './listed-commands.ts'
import { documentsOf } from './own-documents.ts'

/** Limit on the install commands; documents name the usual ones first. */
const MAX_INSTALL = 4
/** Limit on the packages whose installation is shown together. */
const MAX_PACKAGES = 2

export function installSection(writing: Writing): RootContent[] {
  const { commands, document } = installation(writing)
  const place = document === undefined ? [] : [' (', ...writing.sources.file(document), ')']
  const label = [writing.texts.launch.install, ...place]
  const [first = ''] = commands
  if (first.includes('\n')) return [paragraph(...label, writing.texts.colon.trimEnd()), codeBlock('xml', first)]
  return first === '' ? [] : [paragraph(...lineOf(writing, label, commands.slice(0, MAX_INSTALL)))]
}

/**
 * The commands that install the project, or the lines of a manifest that require it: those of a document, otherwise those of
 * package managers for one or two packages, as documents write them.
 */
export function installation(writing: Writing): { commands: readonly string[]; document?: string } {
  const own = documentsOf(writing)
    .toReversed()
    .find(({ install }) => install.length > 0)
  if (own !== undefined) return { commands: own.install, document: own.path }
  const declared = dependencyLines(writing)
  if (declared !== undefined) return declared
  const isNamed = ({ name }: Package): boolean => name?.split(/[:/]/).at(-1) === writing.subject.name
  const packages = installedPackages(writing).sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
  const found =
    packages.length > MAX_PACKAGES
      ? []
      : packages.flatMap((one) => installCommands(one).flatMap((command) => installCommandOf(writing, command, one)))
  const [document, ...others] = new Set(found.map((one) => one.document))
  return {
    commands: found.map(({ command }) => command),
    // A document is cited only if it has all of the commands.
    ...(others.length === 0 && document !== undefined ? { document } : {}),
  }
}

/** If there is a package at the top, packages below it are separate: bindings, a port to another language. */
function installedPackages(writing: Writing): Package[] {
  const all = publicPackages(writing).filter((one) => !isInnerCrate(writing, one) && !isExperimental(writing, one))
  const atTop = all.filter(({ folder, name }) => folder === '' && name !== null)
  return atTop.length > 0 ? atTop : all
}
