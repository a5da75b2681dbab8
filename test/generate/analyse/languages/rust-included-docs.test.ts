import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { guidesOf, outline } from '../../guides/guides-of.ts'
import { analysedSample } from '../../pages/real-sample.ts'

const TEXTS = {
  'Cargo.toml': '[package]\nname = "orbit"\n',
  'README.md': '# orbit\n\nOrbits.\n',
  'src/lib.rs': `#![doc = include_str!("../README.md")]
pub mod plan;
`,
  'src/plan.rs': `//! Plans of flights.
//!
#![doc = include_str!("docs/plans.md")]
//!
//! The end.

pub struct Planner;

impl Planner {
    /// Adds a burn.
    #[doc = include_str!("docs/burn.md")]
    pub fn burn(&mut self) {}
    #[doc = include_str!("docs/missing.md")]
    pub fn coast(&mut self) {}
}
`,
  'src/docs/burn.md': 'Its delta-v is checked.\n\n# Example\n\n```\n# use orbit::Planner;\nplanner.burn();\n```\n',
  'src/docs/plans.md': '# Intro\n\nA plan has burns.\n',
  'src/docs/other.md': '# Other\n\nAnother document.\n',
}

describe('documents that Rust code includes', () => {
  it('continue the doc comments of items', async () => {
    const { analysis } = await analysedSample(TEXTS)
    const docs = new Map(analysis.components.map(({ qualifiedName, doc }) => [qualifiedName, doc]))
    assert.equal(
      docs.get('Planner.burn'),
      'Adds a burn.\n\nIts delta-v is checked.\n\n# Example\n\n```rust\nplanner.burn();\n```',
    )
    assert.equal(docs.get('Planner.coast'), null)
  })

  it('are in their place in the comments of files, except READMEs', async () => {
    const { analysis } = await analysedSample(TEXTS)
    assert.equal(analysis.fileDocs['src/plan.rs'], 'Plans of flights.\n\n# Intro\n\nA plan has burns.\n\nThe end.')
    assert.equal(analysis.fileDocs['src/lib.rs'], undefined)
  })

  it('are no guides if they document an item, and are named after their file if they document a module', async () => {
    const { order } = await guidesOf(TEXTS)
    assert.match(outline(order), /Plans/)
    assert.doesNotMatch(outline(order), /Burn|Example|Intro/)
    assert.match(outline(order), /Other/)
  })
})
