/** Makes file names for modules from their paths: unique in a set on every file system, and safe in a URL. */

import { createHash } from 'node:crypto'

const MAX_LENGTH = 100
/** Pages that are not modules. */
const RESERVED = [
  'overview',
  'packages-and-scripts',
  'continuous-integration',
  'images-and-services',
  'data-and-interfaces',
  'all-symbols',
  'calls',
  'command-line',
  'public-api',
]

/** Page names that a site or a server may use itself. */
const TAKEN = ['index', 'search', '404']
/** Device names that Windows forbids as file names, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/

/**
 * Slugs for module ids, in order: `src/http` → `src-http`. An id whose slug is taken, truncated or reserved gets six
 * hex digits of its hash, which do not depend on the number of other ids.
 *
 * @param ids - Unique ids. The first of two ids with the same slug keeps it unchanged.
 */
export function slugsOf(ids: readonly string[]): Map<string, string> {
  const slugs = new Map<string, string>()
  const taken = new Set([...RESERVED, ...TAKEN])
  for (const id of ids) {
    const name = id
      .toLowerCase()
      .replace(/[^a-z0-9._]+/g, '-')
      .replace(/^[-._]+|(?<![-._])[-._]+$/g, '')
    const plain = DEVICE.test(name) ? `module-${name}` : name
    let slug = plain
    for (let round = 0; slug === '' || slug.length > MAX_LENGTH || taken.has(slug); round++) {
      const hash = createHash('sha256').update(`${id}\0${round}`).digest('hex').slice(0, 6)
      slug = `${plain.slice(0, MAX_LENGTH - 7).replace(/(?<![-._])[-._]+$/, '') || 'module'}-${hash}`
    }
    taken.add(slug)
    slugs.set(id, slug)
  }
  return slugs
}
