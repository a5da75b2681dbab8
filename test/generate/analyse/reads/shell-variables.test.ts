import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readsIn } from './reads-in.ts'

test('what scripts hand to each other is no setting, unless a document names it', async () => {
  const { reads } = await readsIn({
    'README.md': '# tool\n\nSet `TOOL_JOBS` to run more at once.\n',
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is Bash
    'bin/tool':
      '#!/bin/bash\nTOOL_STATE=busy\nTOOL_JOBS=$1\nshow() { export TOOL_SHOW=1; }\necho "${TOOL_SHOW-}"\nsource "$ROOT/lib/print.sh"\n',
    'lib/print.sh': 'echo "${TOOL_STATE:-idle}" "${TOOL_JOBS:-1}" "${TOOL_COLOUR:-no}" "${OTHER:-x}"\n',
    'other.sh': 'OTHER=1\n',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is Bash
  })
  assert.ok(reads.some(({ name, file }) => name === 'TOOL_SHOW' && file === 'bin/tool'))
  assert.deepEqual(
    reads.filter(({ file }) => file === 'lib/print.sh').map(({ name }) => name),
    ['OTHER', 'TOOL_COLOUR', 'TOOL_JOBS'],
  )
})
