import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { Incidents } from '#generate/incidents.ts'
import { inventoryOf } from './inventory-of.ts'

/** Does the work on each file twice, as when a busy machine interrupts it just before its end. */
class Interrupted extends Incidents {
  override each<T>(...[items, about, work]: Parameters<typeof Incidents.prototype.each<T>>): void {
    super.each(items, about, (item) => {
      work(item)
      work(item)
    })
  }
}

const TEXTS: Record<string, Record<string, string>> = {
  'C++': {
    'plan.h':
      'struct Node {};\nstruct Plan {\n  int fly(int a);\n  int fly(const char* a);\n  int reach(Node* to, int* failed);\n  Node* reach(const char* name, int* failed);\n};\n',
    'plan.cc':
      '#include "plan.h"\nint Plan::fly(int a) { return a; }\nint Plan::fly(const char* a) { return fly(1); }\nint Plan::reach(Node* to, int* failed) { return 1; }\nNode* Plan::reach(const char* name, int* failed) { return nullptr; }\nint use(Plan& plan, Node* to) {\n  int failed;\n  plan.reach(to, &failed);\n  return plan.reach("out", &failed);\n}\n',
  },
  Go: {
    'go.mod': 'module example.org/a\n',
    'a.go': 'package a\n\ntype Plan struct{ Base }\n\nfunc (p *Plan) Fly() { p.land() }\n',
    'b.go': 'package a\n\ntype Base struct{}\n\nfunc (b *Base) land() {}\n',
  },
  Rust: {
    'Cargo.toml': '[package]\nname = "a"\n',
    'src/lib.rs':
      'pub trait Fly { fn fly(&self) { self.land() } fn land(&self); }\npub struct Plan;\nimpl Plan { pub fn new() -> Plan { Plan } }\nimpl Fly for Plan { fn land(&self) { Plan::new(); } }\n',
  },
  Python: {
    'a/__init__.py': 'from .plan import *\nLIMIT = 3\n',
    'a/plan.py':
      '__all__ = ["Plan", "fly"]\n\nclass Plan:\n    burns = 1\n    def __init__(self):\n        self.body = Plan\n    def fly(self):\n        return self.body, self.burns\n\ndef fly():\n    return Plan().fly()\n',
  },
}

for (const [language, texts] of Object.entries(TEXTS))
  test(`a file of ${language} that is begun anew after an interruption is told once`, async () => {
    const inventory = await inventoryOf(texts)
    const found = async (incidents: Incidents): Promise<string> => {
      const { components, edges } = await analyse(inventory, {
        signal: new AbortController().signal,
        onProgress() {},
        incidents,
      })
      return JSON.stringify({ components, edges }, null, 1)
    }
    assert.equal(await found(new Interrupted({ areFatal: true })), await found(new Incidents({ areFatal: true })))
  })
