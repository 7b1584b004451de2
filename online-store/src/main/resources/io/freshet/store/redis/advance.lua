-- Guarded progress: a later epoch wins, within an epoch the later time.
--
-- KEYS     the hash of a project's progress
-- ARGV     for each view: field, value
-- returns  how many were written
--
-- A value is 12 bytes, big-endian: epoch, unsigned, and complete-through time, signed (two halves).

local function newer(candidate, present)
  local e1, h1, l1 = struct.unpack('>I4i4I4', candidate)
  local e2, h2, l2 = struct.unpack('>I4i4I4', present)
  if e1 ~= e2 then return e1 > e2 end
  if h1 ~= h2 then return h1 > h2 end
  return l1 > l2
end

local applied = 0
for i = 1, #ARGV, 2 do
  local present = redis.call('HGET', KEYS[1], ARGV[i])
  if not present or newer(ARGV[i + 1], present) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    applied = applied + 1
  end
end
return applied
