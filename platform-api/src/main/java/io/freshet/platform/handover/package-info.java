/** Hands the history of views over when the streaming engine begins to compute them, or stops. */
@NullMarked
package io.freshet.platform.handover;

import org.jspecify.annotations.NullMarked;
