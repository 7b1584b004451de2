-- Guarded upsert: a row is written only over an older version.
--
-- KEYS     the hashes of the entities
-- ARGV     for each key: how many rows follow, then for each row: field, value, time to live in ms
-- returns  how many rows were written
--
-- A value starts with its version, 16 bytes: epoch, as-of time (two halves), sequence, big-endian
-- and unsigned. Versions are compared as numbers: string comparison follows the server's locale.

local function newer(candidate, present)
  local e1, h1, l1, s1 = struct.unpack('>I4I4I4I4', candidate)
  local e2, h2, l2, s2 = struct.unpack('>I4I4I4I4', present)
  if e1 ~= e2 then return e1 > e2 end
  if h1 ~= h2 then return h1 > h2 end
  if l1 ~= l2 then return l1 > l2 end
  return s1 > s2
end

local applied = 0
local at = 1
for _, key in ipairs(KEYS) do
  local rows = tonumber(ARGV[at])
  at = at + 1

  local fields = {}
  for row = 1, rows do fields[row] = ARGV[at + 3 * (row - 1)] end
  local present = redis.call('HMGET', key, unpack(fields))

  local writes = {}
  local ttl = 0
  for row = 1, rows do
    local value = ARGV[at + 3 * row - 2]
    if not present[row] or newer(value, present[row]) then
      writes[#writes + 1] = fields[row]
      writes[#writes + 1] = value
      ttl = math.max(ttl, tonumber(ARGV[at + 3 * row - 1]))
    end
  end
  at = at + 3 * rows

  if #writes > 0 then
    local remaining = redis.call('PTTL', key) -- -2: no key yet; -1: kept for ever
    redis.call('HSET', key, unpack(writes))
    if remaining ~= -1 and remaining < ttl then
      redis.call('PEXPIRE', key, string.format('%.0f', ttl))
    end
    applied = applied + #writes / 2
  end
end
return applied
