package io.freshet.platform.web;

import io.freshet.error.ErrorCategory;
import io.freshet.error.Violation;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** The form of every error answer: RFC 9457, with {@code violations} where there are some. */
final class Problems {
  private static final String TYPES = "urn:freshet:problem:";

  private Problems() {}

  static ProblemDetail of(
      HttpStatusCode status, String type, String detail, List<Violation> violations) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPES + type));
    if (!violations.isEmpty()) {
      problem.setProperty("violations", violations);
    }
    return problem;
  }

  static ProblemDetail of(RequestRefusedException refused) {
    Refusal refusal = refused.refusal();
    return of(refusal.status(), slug(refusal), message(refused), refused.violations());
  }

  static ProblemDetail of(ErrorCategory category, String detail) {
    HttpStatus status =
        switch (category) {
          case USER -> HttpStatus.UNPROCESSABLE_CONTENT;
          case UNAVAILABLE, UNKNOWN_OUTCOME -> HttpStatus.SERVICE_UNAVAILABLE;
          case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    return of(status, slug(category), detail, List.of());
  }

  /** Gives a problem without a type the one of its status. */
  static void nameType(ProblemDetail problem) {
    URI type = problem.getType();
    if (type == null || type.toString().equals("about:blank")) {
      HttpStatus status = HttpStatus.resolve(problem.getStatus());
      problem.setType(URI.create(TYPES + (status == null ? "request-failed" : slug(status))));
    }
  }

  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String slug(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
