import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

const CRATE = {
  'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
  'src/lib.rs': 'pub mod kinds;\npub mod probe;\npub mod run;\n',
  'src/kinds.rs': '/// A probe.\npub struct Probe;\n/// A moon.\npub struct Moon;\n',
  'src/run.rs': `/// Runs.
pub trait Run { fn run(&self); }
impl Run for Vec<u8> { fn run(&self) {} }
#[cfg(test)]
mod tests {
    use super::Run;
    struct Fake;
    impl Run for Fake { fn run(&self) {} }
    struct Other;
    impl Run for Other { fn run(&self) {} }
}
`,
  'src/probe.rs': 'use crate::kinds::Probe;\nuse crate::run::Run;\nimpl Run for Probe { fn run(&self) {} }\n',
}

test('an implementation is one of its type, in whichever file it stands, and types of others are named; tests implement nothing', async () => {
  const { markdown, verification } = document(await analysedSample(CRATE))
  assert.deepEqual(verification.faults, [])
  const text = [...markdown].flatMap(([path, page]) => (/^(?:src|guide)/.test(path) ? [page] : [])).join('\n')
  const of = (name: string): string => text.split(new RegExp(`^#{2,4} \`${name}\`$`, 'm'))[1]?.split(/^#/m)[0] ?? ''
  assert.match(
    of('Run'),
    /implemented by \[`Vec<u8>`\]\([^)]*run\.rs#L3\), \[`Probe`\]|implemented by \[`Probe`\]\([^)]*\), \[`Vec<u8>`\]\([^)]*run\.rs#L3\)/,
  )
  assert.match(of('Probe'), /implements \[`Run`\]/)
  assert.doesNotMatch(text, /Fake\b.*extend|implemented by[^\n]*(?:Fake|Other|\.rs`)/)
  const kinds = text.split('## [`kinds.rs`]')[1]?.split('\n## ')[0] ?? ''
  assert.match(kinds, /Used by 2 files/)
  assert.doesNotMatch(kinds, /^uses /m, 'the file of a type does not use the trait')
})
