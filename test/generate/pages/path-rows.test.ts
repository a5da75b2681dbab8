import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

const code = (name: string): string => `def ${name}(x):\n${'    x += 1\n'.repeat(8)}    return x\n`

/** The rows of files in all pages, without the addresses of links. */
async function rowsOf(texts: Record<string, string>): Promise<string> {
  const pages = await pagesOf(texts)
  return [...pages.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

test('a list of a document that names most files of a folder describes them, whatever their extensions', async () => {
  const list = ['burn', 'leg', 'plan'].map((name) => `* \`${name}\` &ndash; fixes a ${name} that failed;`)
  const texts = {
    'README.md': `# orbit\n\nPlans orbits.\n\n## Rules\n\n${list.join('\n')}\n`,
    ...Object.fromEntries(['burn', 'leg', 'plan', 'other'].map((name) => [`orbit/rules/${name}.py`, code('match')])),
  }
  const rows = await rowsOf(texts)
  assert.match(rows, /`leg\.py`[^\n]*fixes a leg that failed\./)
  assert.doesNotMatch(rows, /`other\.py`[^\n]*failed/)
  const onWindows = await rowsOf({ ...texts, 'README.md': texts['README.md'].replaceAll('\n', '\r\n') })
  assert.match(onWindows, /`leg\.py`[^\n]*fixes a leg that failed\./)
  // Options that are called like one file describe none.
  const options = '* `leg` &ndash; the number of legs.\n* `mass` &ndash; of the ship.\n* `fuel` &ndash; in kilograms.'
  assert.doesNotMatch(
    await rowsOf({ ...texts, 'README.md': `# orbit\n\n${options}\n` }),
    /`leg\.py`[^\n]*number of legs/,
  )
})

test('a document of the architecture describes files by their paths or unique names, a changelog does not', async () => {
  const texts = {
    'docs/architecture.md':
      '# Architecture\n\n| module | description |\n| - | - |\n| [./orbit/plan.py](https://example.org/plan.py) | Injectors that all engines share. |\n| `burn.py` | Burns of all engines in order. |\n| `orbit/leg.py` | Legs that people draw by hand, as [`Leg`][]. |\n',
    'docs/changelog.md': '# Changes\n\n- `orbit/other.py`: fixed a bug of long flights.\n',
    ...Object.fromEntries(['burn', 'leg', 'plan', 'other'].map((name) => [`orbit/${name}.py`, code('match')])),
  }
  const rows = await rowsOf(texts)
  assert.match(rows, /`plan\.py`[^\n]*Injectors that all engines share\./)
  assert.match(rows, /`burn\.py`[^\n]*Burns of all engines in order\./)
  assert.match(rows, /`leg\.py`[^\n]*Legs that people draw by hand, as `Leg`\./)
  assert.doesNotMatch(rows, /`other\.py`[^\n]*fixed a bug/)
})

test('a sentence that begins with the name of a file describes it, also across lines', async () => {
  const rows = await rowsOf({
    'docs/contributing.rst':
      'Key modules\n===========\n\n``plan.py`` is the core. It calls all.\n\n``burn.py`` computes the burns\nof all engines. ``leg.py`` stores legs, so that ``plan`` and\n``replan`` find them.\n',
    ...Object.fromEntries(['burn', 'leg', 'plan', 'other'].map((name) => [`orbit/${name}.py`, code('match')])),
  })
  assert.match(rows, /`burn\.py` \| Computes the burns of all engines\./)
  assert.match(rows, /`leg\.py` \| Stores legs, so that `plan` and `replan` find them\./)
  assert.doesNotMatch(rows, /is the core|\| The core/)
})

test('a sentence of any document on a module or file describes it, except in documents on other versions', async () => {
  const rows = await rowsOf({
    'docs/guide.md':
      'The {mod}`orbit.burn` module contains the burns\nof all engines. The `leg.py` file is the store in which legs are found.\n\nThe `other.py` file has to be there.\n',
    'docs/upgrading.md': 'The `orbit/plan.py` file contains all steps of a flight.\n',
    ...Object.fromEntries(['burn', 'leg', 'plan', 'other'].map((name) => [`orbit/${name}.py`, code('match')])),
  })
  assert.match(rows, /`burn\.py` \| Contains the burns of all engines\./)
  assert.match(rows, /`leg\.py` \| The store in which legs are found\./)
  assert.doesNotMatch(rows, /all steps of a flight|has to be there/i)
})

test('a sentence in a section on a part of the code does not describe the file that has it', async () => {
  const sentence = 'The `plan.py` file provides an iterator of all legs.'
  const rowIn = (head: string): Promise<string> =>
    rowsOf({
      'README.md': `# orbit\n\nPlans.\n\n## ${head}\n\n${sentence}\n`,
      ...Object.fromEntries(['burn', 'leg', 'plan'].map((name) => [`orbit/${name}.py`, code('match')])),
    })
  for (const head of ['Parts', 'In `plan.py`'])
    assert.match(await rowIn(head), /`plan\.py`[^\n]*An iterator|`plan\.py`[^\n]*iterator of all legs/, head)
  assert.doesNotMatch(await rowIn('Low level: `Leg.each`'), /\| `plan\.py` \|[^\n]*iterator of all legs/)
})
