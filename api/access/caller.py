"""Who is asking, and what that allows."""

from dataclasses import dataclass

from api.access.holder import Holder
from api.access.households import Household, Households
from api.domain.limits import NO_LIMITS, Limits
from api.platform.errors import InvalidInput, NotAuthorised, NotFound, UnknownProfile


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of one credential, or an anonymous one, and what they may do.

    Handlers that deal with a viewer call `require_viewer`, those that only look things up in the
    catalogue `limits`; both return what the viewer may be shown.
    """

    holder: Holder
    households: Households

    @property
    def identity(self) -> str:
        """Stable and safe to log."""
        return self.holder.identity

    @property
    def user_id(self) -> str | None:
        """The one user that the caller acts for; None for any."""
        return self.holder.user_id

    @property
    def is_admin(self) -> bool:
        """Whether traces, keys and metrics are open to this caller."""
        return self.holder.scope == "admin"

    @property
    def is_operator(self) -> bool:
        """Whether the caller keeps households: limits are theirs to set."""
        return self.holder.scope != "user"

    def speaks_for(self, profile: str | None) -> bool:
        """Whether a profile of a user whom the caller acts for is theirs too."""
        return not self.holder.is_bound or profile == self.holder.profile

    def names_within(self, limits: Limits) -> Limits:
        """Within which limits, of a profile, this caller may name titles in what is written of it.

        A credential of one profile within these; whoever keeps the household may write down what
        the profile saw elsewhere, and take it back.
        """
        return limits if self.holder.is_bound else NO_LIMITS

    def require_viewer(self, user_id: str, profile: str | None) -> Limits:
        """What this profile may be shown.

        Raises NotFound where the caller must not learn whether it exists, or where a household
        with limits, or the one of a credential of one profile, has no such profile; NotAuthorised
        for a credential of one profile that names none.
        """
        self.require_profile(user_id, profile)
        return self.limits_in(self.households.of(user_id, profile), profile)

    def limits_in(self, household: Household, profile: str | None) -> Limits:
        """The same, of a household that was read from this profile.

        The profile of a credential of one has to be there: with the last child's profile of a
        household its limits are gone, and its token would be anybody's.
        """
        is_named = self.holder.is_bound and profile is not None
        if is_named and not household.is_known:
            raise UnknownProfile(profile)
        return household.limits_of(profile)

    def require_profile(self, user_id: str, profile: str | None) -> None:
        """Like `require_viewer`, for a profile that need not be there yet, or is read elsewhere."""
        self._require_own(user_id)
        if not self.speaks_for(profile):
            if profile is None:
                raise NotAuthorised("This credential speaks for one profile: name that profile.")
            raise UnknownProfile(profile)

    def require_several(self) -> None:
        """Raises NotAuthorised for a credential of one profile: it may act for no other."""
        if self.holder.is_bound:
            raise NotAuthorised("This credential speaks for one profile, not for several.")

    def limits(self, user_id: str | None, profile: str | None) -> Limits:
        """What may be shown, of a viewer who need not be named.

        Not named, it is the one profile or else the unnamed profile of the one user that the caller
        speaks for; whoever acts for any user is shown everything. Raises as `require_viewer` does.
        """
        user_id, profile = self.viewer_of(user_id, profile)
        return NO_LIMITS if user_id is None else self.require_viewer(user_id, profile)

    def viewer_of(self, user_id: str | None, profile: str | None) -> tuple[str | None, str | None]:
        """Whom a request is for, user and profile; no user for one that is for nobody."""
        if user_id is not None or (self.user_id is not None and profile is not None):
            return user_id or self.user_id, profile
        if profile is not None:
            raise InvalidInput("needs a user_id", field="profile")
        return self.user_id, self.holder.profile

    def require_user(self, user_id: str) -> None:
        """For what concerns all profiles of a user.

        Raises NotFound when the user is not the caller's: it must not learn who exists;
        NotAuthorised for a credential of one profile.
        """
        self._require_own(user_id)
        if self.holder.is_bound:
            raise NotAuthorised("This credential speaks for one profile, not for all of a user's.")

    def require_keeper(self, user_id: str) -> None:
        """For what would take limits away.

        Raises as `require_user`, and NotAuthorised for the user of a household with limits.
        """
        self.require_user(user_id)
        if not self.is_operator and self.households.of(user_id, None).has_limits:
            raise NotAuthorised(
                "In a household with limits this needs a credential of scope client or admin."
            )

    def require_operator(self) -> None:
        """Raises NotAuthorised unless the caller keeps households."""
        if not self.is_operator:
            raise NotAuthorised("This needs a credential of scope client or admin.")

    def require_admin(self) -> None:
        """Raises NotAuthorised unless the caller is an admin."""
        if not self.is_admin:
            raise NotAuthorised("This needs a credential of scope admin.")

    def _require_own(self, user_id: str) -> None:
        if self.holder.scope == "user" and user_id != self.holder.user_id:
            raise NotFound("No such user.")
