/**
 * Everything that a generated `react.tsx` imports. Part of the versioned ABI: extended, never changed.
 *
 * ```ts
 * rootProvider(contract, globalContext?) : RootProvider
 * providerOf(userContext)                : Provider<UserContextParams>
 * contextHook(userContext)               : () => ContextState<UserContextData, UserContextError>
 * slotHook(userContext, "user_profile")  : () => Profile | null
 * suspenseHook(userContext)              : () => SuspendedState<UserContextData, UserContextError>
 * suspenseSlotHook(userContext, "user_profile") : () => Profile
 * infiniteHook(postsPages)               : () => Infinite<Posts, Post>
 * mutationHook(contract)("rename_user")  : () => Mutation<RenameUserInput, Profile, RenameUserError>
 * mutationHook(contract)("ping", "box")  : the same for a boxed output
 * uploadHook(contract)("add_photo", "box"): the same for a function that takes files
 * ```
 */
export { rootProvider, useMizan } from "../../react/root.js";
export { contextHook, providerOf, slotHook } from "../../react/context.js";
export { suspenseHook, suspenseSlotHook } from "../../react/suspense.js";
export { infiniteHook } from "../../react/infinite.js";
export { mutationHook } from "../../react/mutation.js";
export { uploadHook } from "../../react/upload.js";
export type {
  ContextState,
  Infinite,
  Mutation,
  Provider,
  ProviderProps,
  RootProvider,
  RootProviderProps,
  SuspendedState,
} from "../../react/types.js";
