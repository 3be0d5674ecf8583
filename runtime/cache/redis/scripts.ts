/**
 * What runs inside Redis, so that each step is one round trip and nothing comes between its parts.
 *
 * Keys of a context share a hash tag, so that they lie on one node of a cluster:
 * - its *whole token*, `<replid> <random> <family> <family> …`: `replid` is the history of the node that wrote
 *   it. A node with another history (restarted, or promoted after its master was lost) may lack purges that
 *   were acknowledged, so what is under the token of a former history counts as lost. The families are those
 *   of the plans that stored something under this token.
 * - a random *token* per scope.
 * - an entry per bundle, a hash: `g` the tokens that it was loaded under, `e` its tag, `b` its body.
 * - a *lease* per entry that is being loaded: who loads it, and under which tokens. Where that came to nothing
 *   that can be kept, everybody has the lease (`OPEN`) for a while, as waiting in turn would end in nothing again.
 *
 * A token that is not there, whether purged, evicted or lost, is made anew at random, so nothing that was
 * stored under it can be reached again. Redis 5 and newer.
 */
import { createHash } from "node:crypto";

export type Script = { readonly lua: string; readonly sha: string };

const toScript = (lua: string): Script => ({
  lua,
  sha: createHash("sha1").update(lua).digest("hex"),
});

/** In place of an owner, which is longer. */
const OPEN = "-";

const HISTORY = `
local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
if not replid then return redis.error_reply('MIZAN this server tells no master_replid') end
`;

/**
 * KEYS: entry, lease, whole token, scope tokens. ARGV: family, fresh random text, milliseconds a token lives,
 * owner, milliseconds a lease lives. Answers `{1, tag, body}`, or `{0, generation, 1 if the asker is to load it,
 * milliseconds by this server's clock}`.
 */
export const lookup: Script = toScript(`${HISTORY}
local family, fresh, life, owner, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local tokens = redis.call('MGET', unpack(KEYS, 3))
local whole = tokens[1] or ''
local token = string.match(whole, '^' .. replid .. ' (%S+) ')
if not token then
  token = fresh
  redis.call('SET', KEYS[3], replid .. ' ' .. fresh .. ' ' .. family .. ' ', 'PX', life)
elseif not string.find(whole, ' ' .. family .. ' ', 1, true) then
  redis.call('SET', KEYS[3], whole .. family .. ' ', 'PX', life)
end
tokens[1] = token
for i = 2, #tokens do
  if not tokens[i] then
    tokens[i] = fresh
    redis.call('SET', KEYS[i + 2], fresh, 'PX', life)
  end
end
local generation = table.concat(tokens, ' ')
local stored = redis.call('HMGET', KEYS[1], 'g', 'e', 'b')
if stored[1] == generation then return {1, stored[2], stored[3]} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('GET', KEYS[2])
if held == '${OPEN} ' .. generation then return {0, generation, 1, now} end
if held and held ~= owner .. ' ' .. generation and string.sub(held, -#generation) == generation then
  return {0, generation, 0, now}
end
redis.call('SET', KEYS[2], owner .. ' ' .. generation, 'PX', lease)
return {0, generation, 1, now}
`);

/**
 * Keeps a bundle if none of its tokens changed since its load began. KEYS as in \`lookup\`. ARGV: generation,
 * owner, tag, body, when the entry ends by this server's clock, milliseconds a token lives. A moment and no span, as
 * a server that was busy or paused executes this late.
 */
export const fill: Script = toScript(`${HISTORY}
local generation, owner = ARGV[1], ARGV[2]
if redis.call('GET', KEYS[2]) == owner .. ' ' .. generation then redis.call('DEL', KEYS[2]) end
local tokens = redis.call('MGET', unpack(KEYS, 3))
tokens[1] = string.match(tokens[1] or '', '^' .. replid .. ' (%S+) ')
for i = 1, #KEYS - 2 do if not tokens[i] then return 0 end end
if table.concat(tokens, ' ') ~= generation then return 0 end
redis.call('HSET', KEYS[1], 'g', generation, 'e', ARGV[3], 'b', ARGV[4])
redis.call('PEXPIREAT', KEYS[1], ARGV[5])
for i = 3, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[6]) end
return 1
`);

/** KEYS: lease. ARGV: generation, owner, milliseconds a lease lives, 0 gives it back; `open` lends it to everybody. */
export const lease: Script = toScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[2] .. ' ' .. ARGV[1] then return 0 end
if ARGV[4] == 'open' then
  redis.call('SET', KEYS[1], '${OPEN} ' .. ARGV[1], 'PX', ARGV[3])
  return 1
end
if ARGV[3] == '0' then return redis.call('DEL', KEYS[1]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[3])
`);

/**
 * KEYS: whole token, and the token of the scope, if it is not the whole context. ARGV: family. Where plans of
 * another family stored something (of an application that is being replaced, say), which of their scopes is
 * meant is unknown here, so the whole context is.
 */
export const purge: Script = toScript(`
if #KEYS == 1 then return redis.call('DEL', KEYS[1]) end
redis.call('DEL', KEYS[2])
local families = string.match(redis.call('GET', KEYS[1]) or '', '^%S+ %S+ (.*)$')
if families and families ~= ARGV[1] .. ' ' then redis.call('DEL', KEYS[1]) end
return 1
`);

/**
 * Abandons all of a context, and shows that lookups work again. KEYS: whole token. ARGV: family, fresh random
 * text, milliseconds a token lives.
 */
export const abandon: Script = toScript(`${HISTORY}
return redis.call('SET', KEYS[1], replid .. ' ' .. ARGV[2] .. ' ' .. ARGV[1] .. ' ', 'PX', ARGV[3])
`);
