/** Determines the licence of a repository by its manifests and by phrases that are unique to a licence. */

import { least } from '#base/long-arrays.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

const MARKS: [string, RegExp][] = [
  ['AGPL-3.0', /GNU AFFERO GENERAL PUBLIC LICENSE/i],
  ['LGPL', /GNU LESSER GENERAL PUBLIC LICENSE/i],
  ['GPL-3.0', /GNU GENERAL PUBLIC LICENSE\s+Version 3/i],
  ['GPL-2.0', /GNU GENERAL PUBLIC LICENSE\s+Version 2/i],
  ['Apache-2.0', /Apache License\s+Version 2\.0/i],
  ['MPL-2.0', /Mozilla Public License,? Version 2\.0/i],
  [
    'BSD-3-Clause',
    /Redistribution and use in source and binary forms[\s\S]*(?:Neither the name|names? of (?:its|the) contributors|may not be used to endorse)/i,
  ],
  ['BSD-2-Clause', /Redistribution and use in source and binary forms/i],
  ['0BSD', /Permission to use, copy, modify, and\/or distribute this software[^.]{1,80}granted\./i],
  ['ISC', /Permission to use, copy, modify, and\/or distribute this software/i],
  ['Unlicense', /This is free and unencumbered software/i],
  [
    'MIT-0',
    /Permission is hereby granted, free of charge, to any person obtaining a copy[^.]{1,600}furnished to do so\./i,
  ],
  ['MIT', /Permission is hereby granted, free of charge, to any person obtaining a copy/i],
  ['CC0-1.0', /CC0 1\.0 Universal/i],
  ['WTFPL', /DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE/i],
]

/** Matches the clause that BSD-4-Clause has in addition to BSD-3-Clause. */
const ADVERTISED = /All advertising materials mentioning/i
const LICENCE_FILE = /^(?:(?:(?:[A-Z0-9]{2,10}-|UN)?LICEN[CS]E)|COPYING)(?:[.-][\w.-]+)?$/i
/** A file for the whole repository, not for parts of it: `COPYING.txt`, not `LICENSE-3rdparty`. */
const OF_WHOLE = /^(?:LICEN[CS]E|COPYING)(?:\.(?:txt|md|rst))?$/i
/** An SPDX expression, such as `MIT OR Apache-2.0`. */
const EXPRESSION = /^[A-Za-z0-9.+-]{1,40}(?: (?:OR|AND|WITH) [A-Za-z0-9.+-]{1,40}){0,5}$/
const SPDX = /^\W{0,6}SPDX-License-Identifier:\s{0,4}([A-Za-z0-9.+-]{1,40})\s*$/m
const MAX_FILES = 4

/** The licence and its files; `null` if it is unknown. */
export function licenceFact(writing: Writing): Inline[] | null {
  const { texts } = writing
  const all = writing.inventory.files.filter(({ path }) => LICENCE_FILE.test(path))
  // The text of another licence, such as that of the documents, is not listed under this name.
  const ofCode = all.filter(({ path, text }) => OF_WHOLE.test(path) || licenceOf(text ?? '') !== null)
  const files = ofCode.length === 0 ? all : ofCode
  const known = [...new Set(files.flatMap(({ text }) => licenceOf(text ?? '') ?? []))]
  const said = saidBy(writing)
  const [only] = files
  const [first] = known
  if (only !== undefined && files.length === 1) {
    // The manifest is more precise if it names multiple licences, or a variant whose text begins alike: `MIT-0`.
    const isNearer = said !== undefined && (said.includes(' ') || said.startsWith(`${first}-`))
    const label = (isNearer ? said : first) ?? said ?? texts.overview.licenceIn(only.path)
    return writing.sources.around(only.path, label)
  }
  // If there is more than one, only a manifest says whether users may choose.
  const isUnknown = files.some(({ path, text }) => OF_WHOLE.test(path) && licenceOf(text ?? '') === null)
  // An unknown text may be another licence.
  const name = known.length === 1 ? (isUnknown ? said : first) : (said ?? known.join(texts.comma))
  if (only === undefined) return said === undefined ? null : [said]
  const links = files.map(({ path }): Inline[] => writing.sources.around(path, code(path)))
  return [name === '' || name === undefined ? texts.overview.licence : name, ' (', ...few(links, MAX_FILES, texts), ')']
}

/** The SPDX expression of the root manifest, otherwise that of all packages if they agree. */
function saidBy(writing: Writing): string | undefined {
  const said = ownPackages(writing).flatMap(({ folder, licence }) =>
    licence !== null && EXPRESSION.test(licence) ? [{ folder, licence }] : [],
  )
  const [first] = said
  const isAgreed = first?.folder === '' || said.every(({ licence }) => licence === first?.licence)
  return isAgreed ? first?.licence : undefined
}

/** The SPDX name; `null` for an unknown licence. Line breaks do not matter. */
export function licenceOf(text: string): string | null {
  const [, stated] = SPDX.exec(text.slice(0, 6_000)) ?? []
  if (stated !== undefined) return stated
  const head = text.slice(0, 6_000).replace(/\s+/g, ' ')
  const found = MARKS.flatMap(([name, mark]): [string, number][] => {
    const at = head.search(mark)
    return at < 0 ? [] : [[name, at]]
  })
  // The first licence applies to the whole, later ones to parts; if two begin alike, the stricter one is used.
  const first = least(found.map(([, at]) => at))
  const name = found.find(([, at]) => at === first)?.[0] ?? null
  return name?.startsWith('BSD-') === true && ADVERTISED.test(head) ? 'BSD-4-Clause' : name
}
