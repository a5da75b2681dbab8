/** Followed repositories in the storage in memory. */
import type { Backend } from '#queue/backend.ts'
import type { Follow, StoredFollow } from '#queue/follows/follow-record.ts'
import type { FollowDue } from '#queue/follows/follow-store.ts'
import { pause, type State } from './memory-state.ts'

const keyOf = ({ id, dueMs }: FollowDue): string => `${id} ${Math.trunc(dueMs)}`

export function createFollowed(state: State): Pick<Backend, 'follows' | 'looks'> {
  function swap(rev: number, next: StoredFollow): boolean {
    if ((state.follows.get(next.id)?.rev ?? 0) !== rev) return false
    state.follows.set(next.id, structuredClone(next))
    return true
  }
  const inOrder = (): FollowDue[] => [...state.looks.values()].sort((a, b) => a.dueMs - b.dueMs)

  return {
    follows: {
      async read(id) {
        await pause()
        const stored = state.follows.get(id)
        return stored?.status === 'followed' ? structuredClone(stored) : undefined
      },
      async list() {
        await pause()
        return [...state.follows.keys()].sort()
      },
      async create(follow) {
        await pause()
        const before = state.follows.get(follow.id)
        if (before?.status === 'followed') return undefined
        const next: Follow = { ...follow, rev: (before?.rev ?? 0) + 1 }
        return swap(before?.rev ?? 0, next) ? next : undefined
      },
      async update(current, changed) {
        await pause()
        const next: Follow = { ...changed, rev: current.rev + 1 }
        return swap(current.rev, next) ? next : undefined
      },
      async remove({ version, id, rev }) {
        await pause()
        return swap(rev, { version, id, rev: rev + 1, status: 'removed' })
      },
    },
    looks: {
      async hasten(id, dueMs) {
        await pause()
        const known = inOrder().find((item) => item.id === id)
        if (known !== undefined && known.dueMs <= dueMs) return
        if (known !== undefined) state.looks.delete(keyOf(known))
        state.looks.set(keyOf({ id, dueMs }), { id, dueMs: Math.trunc(dueMs) })
      },
      async list() {
        await pause()
        return structuredClone(inOrder())
      },
      async move(item, dueMs) {
        await pause()
        if (!state.looks.delete(keyOf(item))) return undefined
        const moved = { ...item, dueMs: Math.trunc(dueMs) }
        state.looks.set(keyOf(moved), moved)
        return { ...moved }
      },
      async drop(item) {
        await pause()
        state.looks.delete(keyOf(item))
      },
    },
  }
}
