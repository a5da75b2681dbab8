/** Which licence a LICENSE file holds, by the words that only that licence has. */

const MARKS: [string, RegExp][] = [
  ['AGPL-3.0', /GNU AFFERO GENERAL PUBLIC LICENSE/i],
  ['LGPL', /GNU LESSER GENERAL PUBLIC LICENSE/i],
  ['GPL-3.0', /GNU GENERAL PUBLIC LICENSE\s+Version 3/i],
  ['GPL-2.0', /GNU GENERAL PUBLIC LICENSE\s+Version 2/i],
  ['Apache-2.0', /Apache License\s+Version 2\.0/i],
  ['MPL-2.0', /Mozilla Public License,? Version 2\.0/i],
  [
    'BSD-3-Clause',
    /Redistribution and use in source and binary forms[\s\S]*(?:Neither the name|names? of its contributors)/i,
  ],
  ['BSD-2-Clause', /Redistribution and use in source and binary forms/i],
  ['ISC', /Permission to use, copy, modify, and\/or distribute this software/i],
  ['Unlicense', /This is free and unencumbered software/i],
  ['MIT', /Permission is hereby granted, free of charge, to any person obtaining a copy/i],
  ['CC0-1.0', /CC0 1\.0 Universal/i],
]

/** The SPDX name, or `null` when the text is of none of the known ones. Where lines break does not matter. */
export function licenceOf(text: string): string | null {
  const head = text.slice(0, 6_000).replace(/\s+/g, ' ')
  return MARKS.find(([, mark]) => mark.test(head))?.[0] ?? null
}
