/** Macros that only say that a header was read. */

import type { Words } from '#generate/analyse/engine/read-rules.ts'

const HEADER = /\.(?:h|hh|hpp|hxx|h\+\+|inl|ipp|tpp)$/i
const GUARD = /_(?:H|HH|HPP|HXX|INCLUDED|GUARD)_*$/i

/** `#define FMT_STD_H_` in `std.h`. */
export function isIncludeGuard({ kind, name, header, path }: Words): boolean {
  if (kind !== 'macro' || !HEADER.test(path) || !/^#\s*define\s+\w+$/.test(header.trim())) return false
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\W/g, '_')
  return GUARD.test(name) || name.toLowerCase().includes(file.toLowerCase())
}
