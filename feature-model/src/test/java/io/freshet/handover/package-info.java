@NullMarked
package io.freshet.handover;

import org.jspecify.annotations.NullMarked;
