package io.freshet.platform.web;

import org.springframework.http.HttpStatus;

/** Why a request that could be read was refused. */
public enum Refusal {
  /** What the address or the request names does not exist. */
  NOT_FOUND(HttpStatus.NOT_FOUND),
  /** Others use what was to be changed. */
  IN_USE(HttpStatus.CONFLICT),
  /** What was asked for does not fit the state that it is in. */
  NOT_NOW(HttpStatus.CONFLICT),
  /** It is not what the caller last read: If-Match names another content. */
  CHANGED_MEANWHILE(HttpStatus.PRECONDITION_FAILED),
  /** The source's events come from elsewhere. */
  NOT_PUSHED(HttpStatus.CONFLICT),
  /** The source's events have another format than those of the request. */
  OTHER_FORMAT(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  /** The body is not of the form that the address takes. */
  UNREADABLE(HttpStatus.BAD_REQUEST);

  private final HttpStatus status;

  Refusal(HttpStatus status) {
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }
}
