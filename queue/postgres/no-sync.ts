/**
 * An expression that ends the transaction of its statement without waiting for the disk. For changes that may be lost in a crash
 * of the database, because they are made again, or because a later transaction that does wait makes both durable.
 */
export const NO_SYNC = `set_config('synchronous_commit', 'off', true)`
