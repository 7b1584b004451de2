/**
 * The online store on Redis 6.2 and later: one hash an entity, one field a view version, guarded
 * upserts decided by a script on the server.
 */
@NullMarked
package io.freshet.store.redis;

import org.jspecify.annotations.NullMarked;
