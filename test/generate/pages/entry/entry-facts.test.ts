/** The line of facts of an entry. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

test('the version since which something exists is told unless it is a placeholder', async () => {
  const pages = await pagesOf({
    'app/plan.py':
      'def old():\n    """Plans.\n\n    .. versionadded:: 1.4\n    """\n\n\ndef new():\n    """Burns.\n\n    .. versionadded:: NEXT\n    """\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^Function in [^\n]* · since 1\.4$/m)
  assert.doesNotMatch(all, /NEXT/)
})
