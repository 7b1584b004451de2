/** What the engines are doing, for people and for monitoring. */
@NullMarked
package io.freshet.platform.status;

import org.jspecify.annotations.NullMarked;
